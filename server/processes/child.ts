// Child processes: each leads a process group of its own, and no process of a group outlives us, however we end.

import { type ChildProcess, spawn } from 'node:child_process';
import { type Descendant, descendantsOutsideGroup, isStill } from './descendants.ts';
import { type Guard, startGuard } from './guard.ts';

export interface ChildOptions {
  readonly cwd?: string;
  /** Default: our own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether something is going to be written to its standard input; default: that is empty. */
  readonly hasInput?: boolean;
  /** Whether it may run for long, so that it has to end even if we are killed and can do nothing about it. Costs another process. */
  readonly guarded?: boolean;
}

/** The children that have not ended: process-wide state, as the processes themselves are. */
const living = new Set<Child>();

/** A process that was started, and what it started. Its output is not kept here. */
export class Child {
  readonly process: ChildProcess;
  readonly #guard: Guard | undefined;
  /** Descendants that have left the group; collected when a signal is sent, because later their parents may be gone. */
  readonly #descendants = new Map<number, Descendant>();

  constructor(child: ChildProcess, guard: Guard | undefined) {
    this.process = child;
    this.#guard = guard;
  }

  /** Sends a signal to the whole group and to everything that descends from it. Nothing happens if they are gone. */
  kill(signal: NodeJS.Signals): void {
    const { pid } = this.process;
    if (pid === undefined) return;
    for (const descendant of descendantsOutsideGroup(pid)) this.#descendants.set(descendant.pid, descendant);
    this.#send(pid, signal);
  }

  /** Kills what is left of the group, after the child has ended or is not waited for any more. */
  release(): void {
    const { pid } = this.process;
    if (pid !== undefined) this.#send(pid, 'SIGKILL');
    this.#guard?.release();
  }

  #send(pid: number, signal: NodeJS.Signals): void {
    if (process.platform === 'win32') this.process.kill(signal);
    else send(-pid, signal);
    for (const descendant of this.#descendants.values()) if (isStill(descendant)) send(descendant.pid, signal);
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

/** Sends SIGTERM to all children and resolves when they have ended; those that have not after `graceMs` are killed and not waited for. */
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
