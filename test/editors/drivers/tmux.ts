// A terminal that a test looks at and types into: tmux with a server of its own.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { install } from './install.ts';
import { Pulse } from './pulse.ts';
import type { Sandbox } from './sandbox.ts';
import { TmuxControl } from './tmux-control.ts';

const run = promisify(execFile);

/** Terminal programs take a key that follows Escape within this time for Alt+key; Helix needs about 100 ms. */
const afterEscapeMs = 150;

export interface Terminal {
  /** Types text as it stands. */
  type(text: string): Promise<void>;
  /** Presses keys by tmux's names: `Enter`, `Escape`, `C-c`, `u`. */
  press(...keys: string[]): Promise<void>;
  screen(): Promise<string>;
  /** The same with its colours, as escape sequences. */
  colours(): Promise<string>;
  /** Waits until the program has given its terminal this title, which shows nowhere on the screen. */
  titled(title: string): Promise<void>;
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
  const options = { cwd: sandbox.path('work'), env: { ...sandbox.env, ...env, TERM: 'screen-256color' } };
  sandbox.write('tmux.conf', 'set -s escape-time 0\n');
  const session = ['new-session', '-d', '-s', 'main', '-x', '120', '-y', '40', '--', ...command];
  await run(program, ['-S', socket, '-f', sandbox.path('tmux.conf'), ...session], options);

  const pulse = new Pulse();
  const control = new TmuxControl([program, '-S', socket, '-C', 'attach', '-f', 'ignore-size'], () => pulse.beat());
  const tmux = (...words: string[]) => control.run(...words);
  const pid = await tmux('list-panes', '-F', '#{pane_pid}');
  const screen = () => tmux('capture-pane', '-p', '-t', 'main');
  sandbox.onFailure(screen);
  sandbox.onEnd(async () => {
    await tmux('kill-server').catch(() => {}); // which ends the answers, too; or it is gone already
    control.end();
    await gone(Number(pid));
  });
  return {
    screen,
    colours: () => tmux('capture-pane', '-p', '-e', '-t', 'main'),
    type: async (text) => void (await tmux('send-keys', '-t', 'main', '-l', '--', text)),
    async press(...keys) {
      for (const key of keys) {
        await tmux('send-keys', '-t', 'main', key);
        if (key === 'Escape') await sleep(afterEscapeMs);
      }
    },
    async titled(title) {
      const shown = () => tmux('display-message', '-p', '-t', 'main', '#{pane_title}');
      await pulse.until(
        async () => (await shown()) === title,
        async () => `the title ${title}, which is ${await shown()}`,
      );
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

/** Waits for the end of a process that is not a child of this one, so that nothing is written into its folder any more. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 250; tries++) {
    if (!alive(pid)) return;
    await sleep(20);
  }
  process.kill(pid, 'SIGKILL');
}

/** Whether a process still runs; one that only waits for init to take note of its end does not. */
function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return false;
  }
}
