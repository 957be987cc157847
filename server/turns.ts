// Turns of the event loop: long work runs in slices, so that messages of the editor are handled between them.

/** Work that can pause wherever it yields, and continue in a later turn or never. */
export type Work<T> = Generator<void, T, void>;

/** Time slices of the event loop. A parameter, so that a simulation can own it. */
export interface Turns {
  /** Milliseconds, for adding up what slices took. */
  now(): number;
  /** Whether all work of this turn together has used up its time. */
  shouldYield(): boolean;
  /** Runs a task in a later turn, after those that were deferred before it. */
  later(task: () => void): void;
}

/** A cancel must be handled within 50 ms, also on a machine that is twice as slow and where a step overruns its slice by as much again. */
const sliceMs = 12;

/** One turn for everything: for callers that have no messages to handle meanwhile. */
export const oneTurn: Turns = { now: () => 0, shouldYield: () => false, later: (task) => task() };

/** The turns of this process. */
export function eventLoopTurns(): Turns {
  let startedMs: number | undefined;
  let isNextDue = false;
  const waiting: (() => void)[] = [];
  const nextIsDue = () => {
    if (!isNextDue) setImmediate(next);
    isNextDue = true;
  };
  const turns: Turns = {
    now: () => performance.now(),
    shouldYield() {
      nextIsDue();
      startedMs ??= performance.now();
      return performance.now() - startedMs >= sliceMs;
    },
    later(task) {
      waiting.push(task);
      nextIsDue();
    },
  };
  const next = () => {
    isNextDue = false;
    startedMs = undefined;
    try {
      for (let left = waiting.length; left > 0 && !turns.shouldYield(); left--) waiting.shift()!();
    } finally {
      // Also where a task has thrown: the others have to run all the same.
      if (waiting.length > 0) nextIsDue();
    }
  };
  return turns;
}

/** Runs work to its end, however long that takes. */
export function runToEnd<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Called with what becomes of work that runs in slices. */
export interface WorkHandlers<T> {
  readonly done: (value: T) => void;
  readonly broke: (error: unknown) => void;
}

/** Runs work as far as this turn allows, and the rest in later ones. The result cancels it: its `finally` blocks release what it holds. */
export function runInTurns<T>(turns: Turns, work: Work<T>, { done, broke }: WorkHandlers<T>): () => void {
  let state: 'waiting' | 'working' | 'over' = 'waiting';
  const slice = () => {
    if (state === 'over') return;
    state = 'working';
    let step: IteratorResult<void, T>;
    try {
      do step = work.next();
      while (!step.done && !isCancelled() && !turns.shouldYield());
    } catch (error) {
      state = 'over';
      return broke(error);
    }
    if (isCancelled()) return void work.return(undefined as T);
    if (!step.done) {
      state = 'waiting';
      return turns.later(slice);
    }
    state = 'over';
    done(step.value);
  };
  const isCancelled = () => (state as string) === 'over';
  if (turns.shouldYield()) turns.later(slice);
  else slice();
  return () => {
    if (state === 'waiting') work.return(undefined as T);
    state = 'over';
  };
}
