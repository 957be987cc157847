// Turns of the event loop: long work is done in slices, so that what the editor says is heard between them.

/** Work that may stop wherever it yields, and go on in a later turn or never. */
export type Work<T> = Generator<void, T, void>;

/** How long work may go on. A parameter, so that a simulation can own it. */
export interface Turns {
  /** Milliseconds, for adding up what slices took. */
  now(): number;
  /** Whether the work of this turn has taken as long as it may: all of it together, whoever asks. */
  isOver(): boolean;
  /** Runs a task in a later turn, after those that were told to wait before. */
  later(task: () => void): void;
}

/** A cancel is to be heard within 50 ms, also on a machine that is twice as slow and where a step overruns its slice by as much again. */
const SLICE_MS = 12;

/** Everything at once: for who has nobody to listen to. */
export const unhurried: Turns = { now: () => 0, isOver: () => false, later: (task) => task() };

/** Those of this process. */
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
    isOver() {
      nextIsDue();
      startedMs ??= performance.now();
      return performance.now() - startedMs >= SLICE_MS;
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
      for (let left = waiting.length; left > 0 && !turns.isOver(); left--) waiting.shift()!();
    } finally {
      // Also where a task has thrown: the others are not its fault.
      if (waiting.length > 0) nextIsDue();
    }
  };
  return turns;
}

/** Does work to its end, however long that takes. */
export function doAtOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** What becomes of work that is done in slices. */
export interface Doing<T> {
  readonly done: (value: T) => void;
  readonly broke: (error: unknown) => void;
}

/** Does work as far as this turn allows, and the rest in later ones. The result calls it off: what it holds is let go in its `finally` blocks. */
export function doInTurns<T>(turns: Turns, work: Work<T>, { done, broke }: Doing<T>): () => void {
  let state: 'waiting' | 'working' | 'over' = 'waiting';
  const slice = () => {
    if (state === 'over') return;
    state = 'working';
    let step: IteratorResult<void, T>;
    try {
      do step = work.next();
      while (!step.done && !isCalledOff() && !turns.isOver());
    } catch (error) {
      state = 'over';
      return broke(error);
    }
    if (isCalledOff()) return void work.return(undefined as T);
    if (!step.done) {
      state = 'waiting';
      return turns.later(slice);
    }
    state = 'over';
    done(step.value);
  };
  const isCalledOff = () => (state as string) === 'over';
  if (turns.isOver()) turns.later(slice);
  else slice();
  return () => {
    if (state === 'waiting') work.return(undefined as T);
    state = 'over';
  };
}
