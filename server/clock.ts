// The clock that everything with a timer takes as a parameter, so that a simulation can own time.

/** Handle of a timer of one {@link Clock}; only that clock may cancel it. */
export type Timer = unknown;

/** A source of time. All values are milliseconds; `now` is monotonic and has no epoch. */
export interface Clock {
  now(): number;
  setTimer(callback: () => void, delayMs: number): Timer;
  clearTimer(timer: Timer): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
