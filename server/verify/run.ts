// Runs one check as a process group of its own: its output, how it ended, and that nothing of it is left behind.

import { type ChildProcess, spawn } from 'node:child_process';
import type { Invocation } from './invocation.ts';

/** UTF-16 units that are kept of what a check says; what it says after that is lost. */
const maxOutput = 2_000_000;
/** Between asking a check to end and ending it. */
const graceMs = 1000;
/** How long a grandchild may hold the pipes open after the check itself has ended. */
const pipesMs = 500;

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the check and everything that it started. */
  readonly signal: AbortSignal;
}

/** `ended`: by itself. `exitCode` is absent if it was killed by somebody else. */
export type Ran =
  | { readonly kind: 'ended'; readonly exitCode?: number; readonly output: string }
  | { readonly kind: 'stopped' | 'late'; readonly output: string }
  /** `reason` completes "could not be started: ". */
  | { readonly kind: 'unstartable'; readonly reason: string };

/** Never rejects. Resolves when the check is gone, or has been killed. */
export function runCheck(invocation: Invocation, { env, signal }: RunOptions): Promise<Ran> {
  if (signal.aborted) return Promise.resolve({ kind: 'stopped', output: '' });
  const { command, args, cwd, timeoutMs } = invocation;
  const child = spawn(command, args, {
    cwd,
    env: { ...env, NO_COLOR: '1' },
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  return new Promise((resolve) => new Run(child, resolve).watch(timeoutMs, signal));
}

class Run {
  readonly #child: ChildProcess;
  readonly #resolve: (ran: Ran) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  #output = '';
  #why: 'stopped' | 'late' | undefined;

  constructor(child: ChildProcess, resolve: (ran: Ran) => void) {
    this.#child = child;
    this.#resolve = resolve;
  }

  watch(timeoutMs: number, signal: AbortSignal): void {
    const stop = () => this.#end('stopped');
    const kill = () => this.#kill('SIGKILL');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#said(text));
    }
    this.#later(timeoutMs, () => this.#end('late'));
    signal.addEventListener('abort', stop, { once: true });
    process.once('exit', kill);
    const done = (ran: Ran) => {
      for (const timer of this.#timers) clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      process.off('exit', kill);
      this.#resolve(ran);
    };
    this.#child.once('error', (error: NodeJS.ErrnoException) => done({ kind: 'unstartable', reason: whyNot(error) }));
    this.#child.once('exit', () => this.#later(pipesMs, () => this.#letGo()));
    this.#child.once('close', (exitCode) => {
      kill();
      done(this.#ran(exitCode));
    });
  }

  #ran(exitCode: number | null): Ran {
    const output = this.#output;
    if (this.#why) return { kind: this.#why, output };
    return { kind: 'ended', ...(exitCode !== null && { exitCode }), output };
  }

  #said(text: string): void {
    this.#output += text.slice(0, Math.max(0, maxOutput - this.#output.length));
  }

  #end(why: 'stopped' | 'late'): void {
    this.#why ??= why;
    this.#kill('SIGTERM');
    this.#later(graceMs, () => this.#kill('SIGKILL'));
  }

  /** Somebody that it started still holds its pipes: `close` would never come. */
  #letGo(): void {
    this.#kill('SIGKILL');
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // The whole group is gone already.
    }
  }

  #later(delayMs: number, then: () => void): void {
    this.#timers.push(setTimeout(then, delayMs));
  }
}

function whyNot(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'there is no such program or folder' : (error.code ?? error.message);
}
