// A deadline that is moved with every delta of an answer: the timer of the clock is only set anew where it would fire too late.

import type { Clock, Timer } from '../clock.ts';

/** A timer that fires later than this shows that the process was held up or that the machine slept. */
const lateMs = 200;
/** What arrived meanwhile gets this long to be read before the deadline counts. */
const graceMs = 100;

export class Deadline {
  readonly #clock: Clock;
  #timer: Timer | undefined;
  #firesAt = 0;
  #dueAt = 0;
  #callback = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `callback` in `delayMs`, in place of what was set before. */
  set(delayMs: number, callback: () => void): void {
    this.#dueAt = this.#clock.now() + delayMs;
    this.#callback = callback;
    if (this.#timer !== undefined && this.#firesAt <= this.#dueAt) return;
    this.#stop();
    this.#schedule();
  }

  clear(): void {
    this.#stop();
    this.#callback = () => {};
  }

  #schedule(): void {
    this.#firesAt = this.#dueAt;
    this.#timer = this.#clock.setTimer(() => this.#fire(), Math.max(0, this.#dueAt - this.#clock.now()));
  }

  #stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #fire(): void {
    this.#timer = undefined;
    const late = this.#clock.now() - this.#dueAt;
    if (late > lateMs) this.#dueAt += late + graceMs;
    // Timers may fire up to 1 ms early by this clock.
    if (late < -1 || late > lateMs) this.#schedule();
    else this.#callback();
  }
}
