// `quickhand demo`: what somebody sees who runs it, in a terminal and without one.

import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runCli } from '../../server/cli/run-cli.ts';
import { nodeFlags, server } from '../client/server-program.ts';
import { cleanEnv } from '../client/surroundings.ts';
import { inFolder } from './run.ts';
import { Terminal } from './terminal.ts';

describe('without a terminal', () => {
  test('plain lines: the edit, the timing, the interruption, the revert; exit 0', () =>
    inFolder(async ({ run }) => {
      const { status, stdout, stderr } = await run(['demo']);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).not.toContain('\x1b');
      expect(stdout).toMatch(/rehearsal model.*not an AI/);
      expect(stdout).toMatch(/\+ .*\(rehearsal\).*explain each step/);
      expect(stdout).toMatch(/completed, \d+ hunks/);
      expect(stdout).toMatch(/first token \d+ ms · first hunk \d+ ms · total \d+ ms · \d+ tokens\/s/);
      const [, changed, least] = /(\d+) characters changed, the least possible is (\d+)/.exec(stdout) ?? [];
      expect(Number(changed)).toBeGreaterThanOrEqual(Number(least));
      expect(stdout).toMatch(/stopped [\d.]+ ms after the request; [2-9] hunks had landed/);
      expect(stdout).toMatch(/reverted in [\d.]+ ms: the text is exactly as it was before/);
    }));

  test('somebody with a model and keys of their own sees the rehearsal all the same', () =>
    inFolder(async ({ run }) => {
      const env = { QUICKHAND_MODEL: 'openai/gpt-nothing', OPENAI_API_KEY: 'not-a-key' };
      const { status, stdout } = await run(['demo'], { env });
      expect(status).toBe(0);
      expect(stdout).toMatch(/reverted/);
    }));

  test('Ctrl-C ends it with 130 and leaves nothing behind', () =>
    inFolder(async ({ run, path }) => {
      const interrupt = new AbortController();
      const onOutput = (soFar: string) => {
        if (/^2\./m.test(soFar)) interrupt.abort();
      };
      const { status, stdout, stderr } = await run(['demo'], {
        interrupt: interrupt.signal,
        onOutput,
        env: { TMPDIR: path },
      });
      expect([status, stderr]).toEqual([130, '']);
      expect(stdout).not.toContain('reverted');
      expect((await readdir(path)).filter((name) => name.startsWith('quickhand-demo-'))).toEqual([]);
    }));
});

describe.concurrent('in a terminal', () => {
  const inTerminal = async (terminal: Terminal, env: Record<string, string> = {}) => {
    let stderr = '';
    const status = await runCli(['demo'], {
      stdin: Readable.from([]),
      stdout: terminal,
      stderr: Object.assign(new Terminal(), {
        _write: (chunk: string, _: string, done: () => void) => {
          stderr += chunk;
          done();
        },
      }),
      env: { ...cleanEnv(tmpdir()), ...env },
      cwd: tmpdir(),
      isTTY: true,
      script: server,
      nodeFlags,
    });
    expect([status, stderr]).toEqual([0, '']);
  };

  test.concurrent('the file changes in place, and new lines are marked', async ({ expect }) => {
    const terminal = new Terminal();
    await inTerminal(terminal);
    const scenes = terminal.screen.split(/^\d\. /m);
    expect(scenes).toHaveLength(4);
    for (const scene of scenes.slice(1)) expect(scene.match(/export function total/g)).toHaveLength(1);
    expect(scenes[1]).toMatch(/^ {2}\+ .*\(rehearsal\)/m);
    expect(scenes[2]).toMatch(/^ {2}\+ {3}let cents/m);
    expect(scenes[3]).toMatch(/^ {6}let sum = 0;/m);
    expect(scenes[3]).not.toContain('cents');
    expect(terminal.coloured).toBe(true);
    expect(terminal.cursorHidden).toBe(false);
  });

  test.concurrent('NO_COLOR: no colours', async ({ expect }) => {
    const terminal = new Terminal();
    await inTerminal(terminal, { NO_COLOR: '1' });
    expect(terminal.coloured).toBe(false);
    expect(terminal.screen).toMatch(/reverted in/);
  });

  test.concurrent('a small one: nothing wraps, nothing scrolls out of reach', async ({ expect }) => {
    const terminal = new Terminal(40, 10);
    await inTerminal(terminal);
    const drawn = terminal.lines.filter((line) => /^ {2}[+ ] /.test(line));
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThan(40);
  });

  test.concurrent('TERM=dumb: plain lines', async ({ expect }) => {
    const terminal = new Terminal();
    await inTerminal(terminal, { TERM: 'dumb' });
    expect(terminal.written).not.toContain('\x1b');
  });
});
