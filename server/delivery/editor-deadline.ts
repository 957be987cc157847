// The time by which something must have been heard of the editor.

import type { Clock, Timer } from '../clock.ts';

/**
 * Timers that are due when a process wakes up run before what came while it slept, or was kept busy, is read: the last of a wait is a timer of its own, which
 * leaves so long to read it.
 */
const wakingMs = 50;

/** One wait at a time. */
export class EditorDeadline {
  readonly #clock: Clock;
  #timer: Timer;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `then` in `delayMs`, or at once if that is 0, in place of what was to be called before. */
  in(delayMs: number, then: () => void): void {
    this.clear();
    if (delayMs <= 0) return then();
    const lastMs = Math.min(wakingMs, delayMs);
    const last = () => {
      this.#timer = this.#clock.setTimer(then, lastMs);
    };
    if (lastMs === delayMs) last();
    else this.#timer = this.#clock.setTimer(last, delayMs - lastMs);
  }

  clear(): void {
    this.#clock.clearTimer(this.#timer);
  }
}
