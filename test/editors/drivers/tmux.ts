// A terminal that a test looks at and types into: tmux with a server of its own.
import { execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { install } from './install.ts';
import { Pulse } from './pulse.ts';
import type { Sandbox } from './sandbox.ts';

const run = promisify(execFile);

/** Terminal programs take a key that follows Escape within this time for Alt+key; Helix needs about 100 ms. */
const AFTER_ESCAPE_MS = 150;

export interface Terminal {
  /** Types text as it stands. */
  type(text: string): Promise<void>;
  /** Presses keys by tmux's names: `Enter`, `Escape`, `C-c`, `u`. */
  press(...keys: string[]): Promise<void>;
  screen(): Promise<string>;
  /** Waits until the screen matches, looking after each output of the program; gives the screen. */
  until(pattern: RegExp | ((screen: string) => boolean), what?: string): Promise<string>;
}

export interface TerminalOptions {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program in a terminal of 120 x 40; it ends with the sandbox. */
export async function openTerminal(sandbox: Sandbox, { command, env }: TerminalOptions): Promise<Terminal> {
  const program = await install('tmux');
  const socket = sandbox.path('tmux');
  const tmux = async (...args: string[]) => (await run(program, ['-S', socket, ...args])).stdout;
  const options = { cwd: sandbox.path('work'), env: { ...sandbox.env, ...env, TERM: 'screen-256color' } };
  await run(program, ['-S', socket, '-f', '/dev/null', ...startOf(command)], options);

  const pulse = new Pulse();
  // A client in control mode tells of every output of the program, so nothing has to be polled.
  const watcher = spawn(program, ['-S', socket, '-C', 'attach'], { stdio: ['pipe', 'pipe', 'ignore'] });
  watcher.stdout.on('data', () => pulse.beat());

  const screen = () => tmux('capture-pane', '-p', '-t', 'main');
  sandbox.onFailure(screen);
  sandbox.onEnd(async () => {
    await tmux('kill-server').catch(() => {}); // gone already if the program ended
    watcher.kill();
  });
  return {
    screen,
    type: async (text) => void (await tmux('send-keys', '-t', 'main', '-l', '--', text)),
    async press(...keys) {
      for (const key of keys) {
        await tmux('send-keys', '-t', 'main', key);
        if (key === 'Escape') await sleep(AFTER_ESCAPE_MS);
      }
    },
    async until(pattern, what = String(pattern)) {
      const matches = typeof pattern === 'function' ? pattern : (text: string) => pattern.test(text);
      return await pulse.until(
        async () => {
          const text = await screen();
          return matches(text) && text;
        },
        async () => `${what} on the screen, which is\n${await screen()}`,
      );
    },
  };
}

/** The start of a session whose size no client changes, and in which Escape is passed on at once. */
function startOf(command: readonly string[]): string[] {
  const session = ['new-session', '-d', '-s', 'main', '-x', '120', '-y', '40', '--', ...command];
  return [
    'start-server',
    ';',
    'set',
    '-s',
    'escape-time',
    '0',
    ';',
    'set',
    '-g',
    'window-size',
    'manual',
    ';',
    ...session,
  ];
}
