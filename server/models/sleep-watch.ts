// Notices that the machine slept: connections from before are dead without knowing it.

import type { Clock } from '../clock.ts';

/** Beyond what a clock is set by in normal running. */
const JUMP_MS = 5000;
/** Where the monotonic clock counts the sleep too, a pause this long may have been one; opening anew costs a round trip or two. */
const LONG_PAUSE_MS = 5 * 60_000;

export class SleepWatch {
  private readonly clock: Clock;
  private last: { readonly now: number; readonly wall: number };

  constructor(clock: Clock) {
    this.clock = clock;
    this.last = this.look();
  }

  /** Whether the machine may have slept since the last call. */
  slept(): boolean {
    const { last } = this;
    this.last = this.look();
    const elapsed = this.last.now - last.now;
    return elapsed > LONG_PAUSE_MS || this.last.wall - last.wall - elapsed > JUMP_MS;
  }

  private look() {
    return { now: this.clock.now(), wall: Date.now() };
  }
}
