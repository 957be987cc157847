// Processes that we start: each leads a group of its own, and none of a group outlives us, whichever way we end.

import { type ChildProcess, spawn } from 'node:child_process';
import { type Guard, startGuard } from './guard.ts';
import { isStill, type Stray, straysOf } from './strays.ts';

export interface ChildOptions {
  readonly cwd?: string;
  /** Default: our own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether something is going to be written to its standard input; default: that is empty. */
  readonly hasInput?: boolean;
  /** Whether it may run for long, so that it has to end even if we are killed without a chance to do something about it. Costs a process. */
  readonly guarded?: boolean;
}

/** Those that have not ended, as the system knows them too; they are this process's own, like its environment. */
const living = new Set<Child>();

/** A process that was started, and what it started. Its output is not kept here. */
export class Child {
  readonly process: ChildProcess;
  readonly #guard: Guard | undefined;
  /** What has left the group; found when it was first told to end, as nobody can tell later whose they are. */
  readonly #strays = new Map<number, Stray>();

  constructor(child: ChildProcess, guard: Guard | undefined) {
    this.process = child;
    this.#guard = guard;
  }

  /** Sends a signal to the whole group and to everything that descends from it. Nothing happens if they are gone. */
  kill(signal: NodeJS.Signals): void {
    const { pid } = this.process;
    if (pid === undefined) return;
    for (const stray of straysOf(pid)) this.#strays.set(stray.pid, stray);
    this.#send(pid, signal);
  }

  /** It has ended, or nobody waits for it any longer: what it left behind in its group ends too. */
  release(): void {
    const { pid } = this.process;
    if (pid !== undefined) this.#send(pid, 'SIGKILL');
    this.#guard?.release();
  }

  #send(pid: number, signal: NodeJS.Signals): void {
    if (process.platform === 'win32') this.process.kill(signal);
    else send(-pid, signal);
    for (const stray of this.#strays.values()) if (isStill(stray)) send(stray.pid, signal);
  }
}

/**
 * Starts a program without a shell. It counts as ended with its `close`: whoever started it sees to it that this comes. Throws as `spawn` does
 * (arguments that no program can have); a program that can't be started is told by `error`.
 */
export function startChild(command: string, args: readonly string[], options: ChildOptions = {}): Child {
  const guard = options.guarded ? startGuard() : undefined;
  try {
    const child = new Child(
      start(command, args, { ...options, env: { ...(options.env ?? process.env), ...guard?.env } }),
      guard,
    );
    const { pid } = child.process;
    if (pid === undefined) guard?.release();
    else {
      guard?.watch(pid);
      remember(child);
    }
    return child;
  } catch (error) {
    guard?.release();
    throw error;
  }
}

function start(command: string, args: readonly string[], { cwd, env, hasInput }: ChildOptions): ChildProcess {
  return spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    ...(env && { env }),
    detached: process.platform !== 'win32',
    stdio: [hasInput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

function remember(child: Child): void {
  if (living.size === 0) process.on('exit', killAll);
  living.add(child);
  child.process.once('close', () => {
    child.release();
    living.delete(child);
    if (living.size === 0) process.off('exit', killAll);
  });
}

/** Asks all that run to end, and resolves when they have; who has not after `graceMs` is killed, and not waited for. */
export async function endChildren(graceMs: number): Promise<void> {
  const all = [...living];
  if (all.length === 0) return;
  const ended = Promise.all(all.map((child) => new Promise((resolve) => child.process.once('close', resolve))));
  for (const child of all) child.kill('SIGTERM');
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([ended, grace]);
  clearTimeout(timer);
  killAll();
}

function killAll(): void {
  for (const child of living) {
    child.kill('SIGKILL');
    child.release();
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
