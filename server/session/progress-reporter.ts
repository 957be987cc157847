// When the progress of an edit is reported: as soon as something has changed, but not more often than an editor can show it, and again while an edit
// is with the editor.

import type { Clock, Timer } from '../clock.ts';

/** ms. Zed drops progress that comes faster. */
const everyMs = 100;
/** How often progress is reported while an edit is with the editor, ms. */
const repeatMs = 500;

export interface ProgressReporterOptions {
  readonly clock: Clock;
  /** Whether an edit is with the editor, and no received text has shown it yet. */
  isSending(): boolean;
  /** `unseenMs`: for how long an edit has been with the editor without any part of it landing. */
  tell(unseenMs: number): void;
}

export class ProgressReporter {
  readonly #options: ProgressReporterOptions;
  #reportedAtMs: number;
  #isThinking = false;
  /** Since when the editor has had an edit that no received text shows. */
  #sentAtMs: number | undefined;
  #timer: Timer;
  /** When the timer is due; infinite if there is none. */
  #timerAtMs = Number.POSITIVE_INFINITY;

  constructor(options: ProgressReporterOptions) {
    this.#options = options;
    this.#reportedAtMs = options.clock.now();
  }

  /** Whether the model thought, by the last that was heard of it. */
  get isThinking(): boolean {
    return this.#isThinking;
  }

  /** Something has changed: it is reported now, or when the time since the last report is up. `isThinking`: what has come is thinking, and no part of the answer. */
  changed(isThinking = false): void {
    this.#isThinking = isThinking;
    const dueMs = this.#reportedAtMs + everyMs;
    if (dueMs <= this.#options.clock.now()) this.#report();
    // Called with every chunk: setting the timer anew each time would cost more than it is worth.
    else if (this.#timerAtMs > dueMs) this.#reportAt(dueMs);
  }

  /** A received text shows an edit. */
  landed(): void {
    this.#sentAtMs = undefined;
    this.changed(this.#isThinking);
  }

  /** Nothing is reported any more. */
  stop(): void {
    this.#options.clock.clearTimer(this.#timer);
    this.#timerAtMs = Number.POSITIVE_INFINITY;
  }

  #report(): void {
    const { clock, isSending, tell } = this.#options;
    const now = clock.now();
    this.stop();
    this.#reportedAtMs = now;
    this.#sentAtMs = isSending() ? (this.#sentAtMs ?? now) : undefined;
    if (this.#sentAtMs !== undefined) this.#reportAt(now + repeatMs);
    tell(now - (this.#sentAtMs ?? now));
  }

  #reportAt(dueMs: number): void {
    const { clock } = this.#options;
    this.stop();
    this.#timerAtMs = dueMs;
    this.#timer = clock.setTimer(() => this.#report(), dueMs - clock.now());
  }
}
