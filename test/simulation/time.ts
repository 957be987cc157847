// Virtual time: the one queue of everything that is going to happen. Nothing here waits for real.

import type { Clock, Timer } from '../../server/clock.ts';

interface Event {
  readonly atMs: number;
  readonly run: () => void;
  gone: boolean;
}

/** The server's clock, and the simulation's order of events. Events at the same moment happen in the order they were made. */
export class Time implements Clock {
  /** Sorted, the next one last. */
  readonly #events: Event[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    return this.setAlarm(callback, this.#now + Math.max(0, delayMs));
  }

  /** Exactly then: a delay until then may be off by a rounding. */
  setAlarm(callback: () => void, atMs: number): Timer {
    const event: Event = { atMs, run: callback, gone: false };
    this.#insert(event);
    return event;
  }

  clearTimer(timer: Timer): void {
    if (timer !== undefined) (timer as Event).gone = true;
  }

  /** Makes the next event happen; false if there is none before `untilMs`. */
  step(untilMs: number): boolean {
    for (;;) {
      const event = this.#events.at(-1);
      if (!event || event.atMs > untilMs) return false;
      this.#events.pop();
      if (event.gone) continue;
      this.#now = Math.max(this.#now, event.atMs);
      event.run();
      return true;
    }
  }

  #insert(event: Event): void {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.atMs > event.atMs) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, event);
  }
}

/** Lets everything run that waits for a promise alone. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
