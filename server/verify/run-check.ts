// Runs one check, collects its output, and ends all processes that it started.

import { type Child, startChild } from '../processes/child.ts';
import type { Invocation } from './invocation.ts';

/** UTF-16 units of output that are kept; the rest is dropped. */
const maxOutput = 2_000_000;
/** Between SIGTERM and SIGKILL. */
const graceMs = 1000;
/** How long a grandchild may hold the pipes open after the check itself has ended. */
const pipesMs = 500;

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the check and everything that it started. */
  readonly signal: AbortSignal;
}

/** `ended`: by itself; without `exitCode` if another process killed it. */
export type CheckResult =
  | { readonly kind: 'ended'; readonly exitCode?: number; readonly output: string }
  | { readonly kind: 'stopped' | 'late'; readonly output: string }
  /** `reason` completes "could not be started: ". */
  | { readonly kind: 'unstartable'; readonly reason: string };

/** Never rejects. Resolves when the check is gone, or has been killed. */
export async function runCheck(invocation: Invocation, { env, signal }: RunOptions): Promise<CheckResult> {
  if (signal.aborted) return { kind: 'stopped', output: '' };
  const { command, args, cwd, timeoutMs } = invocation;
  try {
    const child = startChild(command, args, { cwd, env: { ...env, NO_COLOR: '1' }, guarded: true });
    return await new Promise((resolve) => new CheckProcess(child, resolve).watch(timeoutMs, signal));
  } catch (error) {
    return { kind: 'unstartable', reason: whyNot(error as NodeJS.ErrnoException) };
  }
}

class CheckProcess {
  readonly #child: Child;
  readonly #resolve: (ran: CheckResult) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  #output = '';
  #endedBy: 'stopped' | 'late' | undefined;

  constructor(child: Child, resolve: (ran: CheckResult) => void) {
    this.#child = child;
    this.#resolve = resolve;
  }

  watch(timeoutMs: number, signal: AbortSignal): void {
    const stop = () => this.#end('stopped');
    const { process } = this.#child;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#append(text));
    }
    this.#later(timeoutMs, () => this.#end('late'));
    signal.addEventListener('abort', stop, { once: true });
    const done = (ran: CheckResult) => {
      for (const timer of this.#timers) clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      this.#resolve(ran);
    };
    process.once('error', (error: NodeJS.ErrnoException) => done({ kind: 'unstartable', reason: whyNot(error) }));
    process.once('exit', () => this.#later(pipesMs, () => this.#letGo()));
    process.once('close', (exitCode) => done(this.#ran(exitCode)));
  }

  #ran(exitCode: number | null): CheckResult {
    const output = this.#output;
    if (this.#endedBy) return { kind: this.#endedBy, output };
    return { kind: 'ended', ...(exitCode !== null && { exitCode }), output };
  }

  #append(text: string): void {
    this.#output += text.slice(0, Math.max(0, maxOutput - this.#output.length));
  }

  #end(by: 'stopped' | 'late'): void {
    this.#endedBy ??= by;
    this.#child.kill('SIGTERM');
    this.#later(graceMs, () => this.#child.kill('SIGKILL'));
  }

  /** A process that it started still holds its pipes: `close` would never come. */
  #letGo(): void {
    this.#child.kill('SIGKILL');
    this.#child.process.stdout?.destroy();
    this.#child.process.stderr?.destroy();
  }

  #later(delayMs: number, then: () => void): void {
    this.#timers.push(setTimeout(then, delayMs));
  }
}

function whyNot(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'there is no such program or folder' : (error.code ?? error.message);
}
