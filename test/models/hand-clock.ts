// A clock that stands still until a test moves it on: no timer fires because a machine is slow, and none has to be waited for.

import type { Clock, Timer } from '../../server/clock.ts';

interface PendingTimer {
  readonly atMs: number;
  readonly delayMs: number;
  readonly callback: () => void;
}

export class HandClock implements Clock {
  readonly #pending = new Set<PendingTimer>();
  readonly #lengths = new Set<number>();
  #now = 1000;

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const timer = { atMs: this.#now + delayMs, delayMs, callback };
    this.#pending.add(timer);
    this.#lengths.add(delayMs);
    return timer;
  }

  clearTimer(timer: Timer): void {
    this.#pending.delete(timer as PendingTimer);
  }

  /** Whether a timer of so many milliseconds was ever set. */
  had(delayMs: number): boolean {
    return this.#lengths.has(delayMs);
  }

  /** Whether a timer of so many milliseconds is set. */
  has(delayMs: number): boolean {
    return [...this.#pending].some((timer) => timer.delayMs === delayMs);
  }

  /** Lets time pass: every timer that is due by then fires, in order, also those that are set meanwhile. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.atMs);
      next.callback();
    }
    this.#now = end;
  }

  /** Moves the time on without a timer, as a machine that slept or did nothing else would find it. */
  skip(ms: number): void {
    this.#now += ms;
  }

  #next(end: number): PendingTimer | undefined {
    return [...this.#pending].filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Waits for what sockets bring about: looks again after each turn of the event loop. A test that waits in vain runs into its own limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
