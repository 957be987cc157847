// One timer that is pushed back on every delta without the cost of setting it anew each time.

import type { Clock, Timer } from '../clock.ts';

export class Deadline {
  private readonly clock: Clock;
  private timer: Timer | undefined;
  private firesAt = 0;
  private dueAt = 0;
  private callback = () => {};

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Calls `callback` in `delayMs` and forgets what was set before. */
  set(delayMs: number, callback: () => void): void {
    this.dueAt = this.clock.now() + delayMs;
    this.callback = callback;
    if (this.timer !== undefined && this.firesAt <= this.dueAt) return;
    this.stop();
    this.schedule();
  }

  clear(): void {
    this.stop();
    this.callback = () => {};
  }

  private schedule(): void {
    this.firesAt = this.dueAt;
    this.timer = this.clock.setTimer(() => this.fire(), Math.max(0, this.dueAt - this.clock.now()));
  }

  private stop(): void {
    if (this.timer !== undefined) this.clock.clearTimer(this.timer);
    this.timer = undefined;
  }

  private fire(): void {
    this.timer = undefined;
    // A timer may be a hair early by this clock.
    if (this.clock.now() + 1 < this.dueAt) this.schedule();
    else this.callback();
  }
}
