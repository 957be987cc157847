// Notices that the machine slept: connections from before are dead, though no error says so.

import type { Clock } from '../clock.ts';

/** A larger jump of the wall clock is more than an adjustment. */
const jumpMs = 5000;
/** Where the monotonic clock counts the sleep too, a pause this long may have been one; opening anew costs a round trip or two. */
const longPauseMs = 5 * 60_000;

export class SleepWatch {
  readonly #clock: Clock;
  #last: { readonly now: number; readonly wall: number };

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = this.#look();
  }

  /** Whether the machine may have slept since the last call. */
  slept(): boolean {
    const last = this.#last;
    this.#last = this.#look();
    const elapsed = this.#last.now - last.now;
    return elapsed > longPauseMs || this.#last.wall - last.wall - elapsed > jumpMs;
  }

  #look() {
    return { now: this.#clock.now(), wall: Date.now() };
  }
}
