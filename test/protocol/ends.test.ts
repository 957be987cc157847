// Every way out of the server: what it had started is gone, and the exit status says whether it ended in order.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TestClient } from '../client/client.ts';
import { gone, pidsIn, stubborn } from '../client/processes.ts';
import { nodeFlags, server } from '../client/server-program.ts';
import { cleanEnv } from '../client/surroundings.ts';
import { sampleText } from './samples.ts';

interface Way {
  readonly name: string;
  readonly go: (client: TestClient, editor: ChildProcess) => unknown;
  /** -1: by a signal that can't be caught. */
  readonly status: number;
}

const signal = (name: NodeJS.Signals, status: number): Way => ({
  name,
  go: ({ wire }) => wire.process.kill(name),
  status,
});

const ways: readonly Way[] = [
  signal('SIGTERM', 143),
  signal('SIGHUP', 129),
  signal('SIGINT', 130),
  { name: 'exit', go: ({ wire }) => wire.notify('exit', undefined), status: 1 },
  { name: 'the end of its input', go: ({ wire }) => wire.process.stdin.end(), status: 1 },
  {
    name: 'an output that nobody reads any more, with an answer under way',
    go: ({ wire }) => {
      wire.process.stdout.destroy();
      wire.notify('textDocument/hover', undefined);
      wire.request('quickhand/unknown', { text: 'x'.repeat(100_000) });
    },
    status: 1,
  },
  { name: 'an editor that died', go: (_, editor) => editor.kill('SIGKILL'), status: 1 },
  { name: 'kill -9', go: ({ wire }) => wire.process.kill('SIGKILL'), status: -1 },
];

/** Something like an editor, to be the server's parent by `processId`. */
const someEditor = () => spawn('sleep', ['1000'], { stdio: 'ignore' });

describe.concurrent('nothing outlives the server', () => {
  test.each(ways)('a check whose children ignore signals: $name', async ({ go, status }) => {
    const editor = someEditor();
    const template = `\${workspaceFolder}/pids`;
    const check = { command: 'sh', args: [...stubborn({ detached: true }), template] };
    const client = await TestClient.start({
      asProgram: true,
      processId: editor.pid!,
      initializationOptions: { verify: [check] },
    });
    try {
      const document = client.open(sampleText);
      await writeFile(join(client.folder, 'sample.ts'), sampleText);
      client.startCommand('quickhand.verify', { textDocument: { uri: document.uri } });
      const pids = await pidsIn(join(client.folder, 'pids'), 4);
      await go(client, editor);
      expect(await client.exited()).toBe(status);
      await gone(pids);
    } finally {
      editor.kill('SIGKILL');
      await client.dispose();
    }
  });

  test.each(ways)('the command that tells a key: $name', async ({ go, status }) => {
    const editor = someEditor();
    const pidFile = join(await mkdtemp(join(tmpdir(), 'quickhand-key-')), 'pids');
    const provider = { api: 'chat', baseUrl: 'http://127.0.0.1:9', apiKeyCommand: ['sh', ...stubborn(), pidFile] };
    const client = await TestClient.start({
      asProgram: true,
      processId: editor.pid!,
      initializationOptions: { providers: { slow: provider }, lanes: { fast: 'slow/model' } },
    });
    try {
      const document = client.open(sampleText);
      client.startCommand('quickhand.edit', {
        textDocument: { uri: document.uri },
        position: document.rangeOf('list[0]').start,
        instruction: 'do it',
        wait: true,
      });
      const pids = await pidsIn(pidFile, 3);
      await go(client, editor);
      expect(await client.exited()).toBe(status);
      await gone(pids);
    } finally {
      editor.kill('SIGKILL');
      await client.dispose();
      await rm(join(pidFile, '..'), { recursive: true });
    }
  });
});

describe('shutdown, exit and the end of the input in one', () => {
  const frame = (message: object): string => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
  const begin =
    frame({ id: 1, method: 'initialize', params: { processId: null, capabilities: {} } }) +
    frame({ method: 'initialized', params: {} });
  const shutdown = frame({ id: 2, method: 'shutdown' });
  const exit = frame({ method: 'exit' });

  /** `pieces` are written one after the other, the last one with the end of the input. */
  const play = async (pieces: readonly string[]) => {
    const folder = await mkdtemp(join(tmpdir(), 'quickhand-exit-'));
    const child = spawn(process.execPath, [...nodeFlags, server, '--stdio'], { env: cleanEnv(folder), cwd: folder });
    let answers = '';
    child.stdout.on('data', (chunk) => {
      answers += chunk;
    });
    const ended = once(child, 'close');
    for (const piece of pieces.slice(0, -1)) await new Promise((resolve) => child.stdin.write(piece, resolve));
    child.stdin.end(pieces.at(-1));
    const [status] = await ended;
    await rm(folder, { recursive: true });
    return { status, isAnswered: answers.includes('"id":1') && answers.includes('"id":2') };
  };
  /** Cut at `places` places that differ with the seed. */
  const cut = (text: string, places: number, seed: number): string[] => {
    const at = Array.from({ length: places }, (_, i) => ((seed + 1) * 7919 * (i + 1)) % text.length).sort(
      (a, b) => a - b,
    );
    return [0, ...at].map((from, i) => text.slice(from, at[i] ?? text.length));
  };

  test('after shutdown the status is 0, and each request is answered, however the bytes come', async () => {
    const whole = begin + shutdown + exit;
    const chunkings = [
      ...Array.from({ length: 6 }, () => [whole]),
      ...Array.from({ length: 8 }, (_, seed) => cut(whole, 1 + (seed % 5), seed)),
      [begin, shutdown, exit],
      [begin + shutdown, exit],
      [begin, shutdown + exit],
      [begin + shutdown + exit, ''],
      [...whole],
      [begin + shutdown], // the end of the input says as much as exit
    ];
    const outcomes: unknown[] = [];
    const lane = async (first: number) => {
      for (let i = first; i < chunkings.length; i += 3) outcomes.push(await play(chunkings[i]!));
    };
    await Promise.all([0, 1, 2].map(lane));
    expect(outcomes).toEqual(chunkings.map(() => ({ status: 0, isAnswered: true })));
  });

  test.each([[[begin + exit]], [[begin, exit]], [[begin]], [['']]])('without shutdown it is 1', async (pieces) => {
    expect(await play(pieces)).toMatchObject({ status: 1 });
  });
});
