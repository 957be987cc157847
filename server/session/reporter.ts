// When the progress of an edit is told: as soon as something has changed, but not more often than it can be shown, and again while the editor is waited for.

import type { Clock, Timer } from '../clock.ts';

/** ms. Zed drops progress that comes faster. */
const everyMs = 100;
/** How often the editor is looked at while an edit is with it, ms. */
const againMs = 500;

export interface ReporterOptions {
  readonly clock: Clock;
  /** Whether an edit is with the editor, and no text has shown it yet. */
  isSending(): boolean;
  /** `unseenMs`: for how long that has been so without any of it landing. */
  tell(unseenMs: number): void;
}

export class Reporter {
  readonly #options: ReporterOptions;
  #toldAtMs: number;
  /** Since when the editor has an edit that no text shows. */
  #sentAtMs: number | undefined;
  #timer: Timer;
  /** When the timer rings; never if there is none. */
  #timerAtMs = Number.POSITIVE_INFINITY;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#toldAtMs = options.clock.now();
  }

  /** There is something to tell. */
  changed(): void {
    const dueMs = this.#toldAtMs + everyMs;
    if (dueMs <= this.#options.clock.now()) this.#tell();
    // Asked with every chunk: a timer is seldom worth setting anew.
    else if (this.#timerAtMs > dueMs) this.#tellAt(dueMs);
  }

  /** The editor has shown an edit. */
  landed(): void {
    this.#sentAtMs = undefined;
    this.changed();
  }

  /** What has not been told yet is not told any more. */
  stop(): void {
    this.#options.clock.clearTimer(this.#timer);
    this.#timerAtMs = Number.POSITIVE_INFINITY;
  }

  #tell(): void {
    const { clock, isSending, tell } = this.#options;
    const now = clock.now();
    this.stop();
    this.#toldAtMs = now;
    this.#sentAtMs = isSending() ? (this.#sentAtMs ?? now) : undefined;
    if (this.#sentAtMs !== undefined) this.#tellAt(now + againMs);
    tell(now - (this.#sentAtMs ?? now));
  }

  #tellAt(dueMs: number): void {
    const { clock } = this.#options;
    this.stop();
    this.#timerAtMs = dueMs;
    this.#timer = clock.setTimer(() => this.#tell(), dueMs - clock.now());
  }
}
