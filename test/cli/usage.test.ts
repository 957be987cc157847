// What the program says of itself, and of how it was called: exit status 2 with the problem and a hint on stderr.

import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { runCli } from '../../server/cli/run-cli.ts';
import { nodeFlags, server, startProgram } from '../client/server-program.ts';
import { cleanEnv } from '../client/surroundings.ts';
import { Wire } from '../client/wire.ts';
import { inFolder } from './run.ts';
import { Terminal } from './terminal.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

test.concurrent.each(['--version', '-v', 'version', '--stdio --version', '--version --stdio'])('%s', (line) =>
  inFolder(async ({ run }) => {
    expect(await run(line.split(' '))).toEqual({ status: 0, stdout: `quickhand ${version}\n`, stderr: '' });
  }),
);

test.concurrent.each(['--help', '-h', 'help', '--stdio --help', '-h --stdio'])('%s names every command', (line) =>
  inFolder(async ({ run }) => {
    const { status, stdout, stderr } = await run(line.split(' '));
    expect([status, stderr]).toEqual([0, '']);
    for (const word of [
      '--stdio',
      'demo',
      'edit',
      'doctor',
      'eval',
      'stats',
      'rehearse',
      '--version',
      '--max-changed-lines',
    ])
      expect(stdout).toContain(word);
  }),
);

test.concurrent.each(['demo', 'edit', 'doctor', 'eval', 'stats', 'rehearse'])(
  '%s --help is about that command',
  (command) =>
    inFolder(async ({ run }) => {
      const { status, stdout, stderr } = await run([command, '--help']);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`^ {2}quickhand ${command} `));
      expect(stdout.match(/^ {2}quickhand/gm)).toHaveLength(1);
    }),
);

test('alone in a terminal it says what it is, and offers the demo', async () => {
  const [stdout, stderr] = [new Terminal(), new Terminal()];
  const io = { stdin: Readable.from([]), stdout, stderr, env: {}, cwd: '/', isTTY: true, script: server, nodeFlags };
  expect(await runCli([], io)).toBe(0);
  expect(stdout.screen).toMatch(/^Quickhand \S+: .*Language Server/);
  expect(stdout.screen).toContain('quickhand demo ');
  expect(stdout.screen).toContain('quickhand --help ');
  expect(stderr.written).toBe('');
});

const wrong: [string, string[], RegExp][] = [
  ['nothing, without a terminal', [], /no command.*--stdio/s],
  ['an unknown command', ['dance'], /no command "dance".*--help/s],
  ['a mistyped command', ['dmeo'], /"dmeo".*did you mean "demo"/s],
  ['a command called like a member of every object', ['constructor'], /"constructor"/],
  ['demo with an argument', ['demo', 'fast'], /"fast".*usage/s],
  ['edit without a file', ['edit'], /no file.*usage/s],
  ['edit without an instruction', ['edit', 'a.ts:1'], /no instruction.*usage/s],
  ['edit with an empty instruction', ['edit', 'a.ts:1', '-'], /no instruction/],
  ['edit with too much', ['edit', 'a.ts:1', 'make', 'it', 'so'], /"it".*quotes/s],
  ['edit without a line', ['edit', 'a.ts', 'x'], /"a\.ts" is not FILE:LINE/],
  ['an unknown option', ['edit', 'a.ts:1', 'x', '--wirte'], /--wirte.*usage/s],
  ['an option without its value', ['edit', 'a.ts:1', 'x', '--lane'], /lane.*usage/s],
  ['a limit that is no number', ['edit', 'a.ts:1', 'x', '--max-changed-lines', 'few'], /max-changed-lines.*"few"/s],
  ['a negative limit', ['edit', 'a.ts:1', 'x', '--max-changed-lines=-1'], /max-changed-lines.*"-1"/s],
  ['a port that does not exist', ['rehearse', '--port', '70000'], /--port.*65535/s],
  ['the server with an unknown option', ['--stdio', '--verbose'], /no option "--verbose" beside --stdio.*usage/s],
  ['the server with a mistyped option', ['--stdio', '--hlep'], /no option "--hlep".*did you mean "--help"/s],
  ['the server by another way', ['--stdio', '--socket=4000'], /"--socket=4000".*usage/s],
  ['the server with an argument', ['--stdio', 'src'], /no place for "src" beside --stdio.*usage/s],
  ['a command with --stdio', ['doctor', '--stdio'], /'--stdio'.*usage: quickhand doctor/s],
  ['a rate of nothing', ['rehearse', '--rate', '0'], /--rate/],
];
test.concurrent.each(wrong)('%s', (_name, args, message) =>
  inFolder(async ({ run }) => {
    const { status, stdout, stderr } = await run(args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^quickhand: /);
    expect([status, stdout]).toEqual([2, '']);
  }),
);

test("the process id that Microsoft's client library adds does not keep the server from starting", () =>
  inFolder(async ({ path }) => {
    const command = [server, '--stdio', '--clientProcessId=7'];
    const wire = new Wire(startProgram(cleanEnv(path), path, command), { notification() {}, request() {} });
    const { response } = wire.request('initialize', { processId: null, capabilities: {} });
    expect(await response).toMatchObject({ serverInfo: { name: 'quickhand' } });
    wire.notify('exit', undefined);
    await new Promise((resolve) => wire.process.once('close', resolve));
  }));
