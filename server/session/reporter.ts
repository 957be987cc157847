// When the progress of an edit is told: as soon as something has changed, but not more often than it can be shown. Never stale for long.

import type { Clock, Timer } from '../clock.ts';

/** ms. Zed drops progress that comes faster. */
const everyMs = 100;

export class Reporter {
  readonly #clock: Clock;
  readonly #tell: () => void;
  #nextMs: number;
  #timer: Timer | undefined;

  constructor(clock: Clock, tell: () => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#nextMs = clock.now() + everyMs;
  }

  /** There is something to tell. */
  changed(): void {
    if (this.#timer !== undefined) return;
    const waitMs = this.#nextMs - this.#clock.now();
    if (waitMs <= 0) this.#tellNow();
    else this.#timer = this.#clock.setTimer(() => this.#tellNow(), waitMs);
  }

  /** What has not been told yet is not told any more. */
  stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #tellNow(): void {
    this.#timer = undefined;
    this.#nextMs = this.#clock.now() + everyMs;
    this.#tell();
  }
}
