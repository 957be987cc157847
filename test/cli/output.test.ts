// Output that does not arrive: whoever runs a command in a script must be told by its exit status.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { nodeFlags, server } from '../client/server-program.ts';
import { cleanEnv } from '../client/surroundings.ts';
import { sample } from '../ledger/sample.ts';
import { inFolder } from './run.ts';

/** Runs a line of shell in which `quickhand` is the built program. */
async function shell(cwd: string, line: string) {
  const script = `quickhand() { ${[process.execPath, ...nodeFlags, server].map((part) => JSON.stringify(part)).join(' ')} "$@"; }\n${line}`;
  const child = spawn('bash', ['-c', script], { cwd, env: cleanEnv(cwd), stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}

const withFile = (scenario: (path: string) => Promise<void>) =>
  inFolder(async ({ path }) => {
    await writeFile(join(path, 'a.ts'), 'export function one() {\n  const size = 1;\n  return size;\n}\n');
    const entry = { at: '2026-01-01T00:00:00.000Z', run: 'r', editId: 'edit-1', ...sample };
    await mkdir(join(path, '.state/quickhand'), { recursive: true });
    await writeFile(join(path, '.state/quickhand/edits.jsonl'), `${JSON.stringify(entry)}\n`);
    await scenario(path);
  });

const full = "quickhand: can't write the output: no space left on device";

describe.concurrent('a disk that is full: one clear line, and 1', () => {
  test.each([
    '--help',
    '--version',
    'stats',
    'stats --json',
    'edit --help',
    'edit a.ts:2 "rename size to extent"',
    'edit a.ts:2 "rename size to extent" --json',
    'doctor',
    'doctor --json',
    'demo',
    'eval',
    'rehearse',
  ])('quickhand %s > /dev/full', (line) =>
    withFile(async (path) => {
      const { status, stderr } = await shell(path, `quickhand ${line} > /dev/full`);
      expect(status).toBe(1);
      const said = stderr.split('\n').filter((one) => one.startsWith('quickhand: '));
      expect(said).toEqual([full]);
      expect(stderr).not.toMatch(/ {4}at |node:/);
    }),
  );

  test('a page: the reason is said, without a path twice', () =>
    withFile(async (path) => {
      expect(await shell(path, 'quickhand stats --html /dev/full')).toEqual({
        status: 1,
        stdout: '',
        stderr: "quickhand: can't write /dev/full: no space left on device\n",
      });
      expect(await shell(path, 'quickhand stats --html .')).toMatchObject({
        status: 1,
        stderr: "quickhand: can't write .: illegal operation on a directory\n",
      });
    }));

  test('an error that can not be said is an error', () =>
    withFile(async (path) => {
      expect((await shell(path, 'quickhand nonsense 2> /dev/full')).status).toBeGreaterThan(0);
    }));

  test('a file in which only a part has fitted', () =>
    withFile(async (path) => {
      const line = "trap '' XFSZ; ulimit -f 1; quickhand --help > help.txt";
      expect(await shell(path, line)).toMatchObject({
        status: 1,
        stderr: "quickhand: can't write the output: file too large\n",
      });
    }));
});

describe.concurrent('a reader that has gone: nothing is said', () => {
  test.each(['--help', 'stats --json', 'edit a.ts:2 "rename size to extent"'])('quickhand %s | true', (line) =>
    withFile(async (path) => {
      const { stdout, stderr } = await shell(path, `quickhand ${line} | true; echo \${PIPESTATUS[0]}`);
      expect(stderr).not.toMatch(/^quickhand: |EPIPE| at /m);
      // 0 where everything had been written before it went.
      expect(['0\n', '141\n']).toContain(stdout);
    }),
  );

  test('what it has read before is whole', () =>
    withFile(async (path) => {
      expect(await shell(path, 'quickhand --help | head -1')).toEqual({
        status: 0,
        stdout: 'Real-time AI edits in any editor, as a Language Server.\n',
        stderr: '',
      });
    }));
});
