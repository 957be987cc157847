// One timer that is pushed back on every delta without the cost of setting it anew each time.

import type { Clock, Timer } from '../clock.ts';

const LATE_MS = 200;
const GRACE_MS = 100;

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
    const late = this.clock.now() - this.dueAt;
    // The process was held up or asleep: what came meanwhile has not been read yet, and gets its chance.
    if (late > LATE_MS) this.dueAt += late + GRACE_MS;
    // A timer may be a hair early by this clock.
    if (late < -1 || late > LATE_MS) this.schedule();
    else this.callback();
  }
}
