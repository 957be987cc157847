// Measures one edit: when the first text, the first hunk and the end came, and how fast.

import type { Clock } from '../clock.ts';
import type { Usage } from '../models/model.ts';
import type { Timing } from './edit-events.ts';

/** Average length of a token in code, to estimate tokens where the provider does not count them. */
const charsPerToken = 4;

/** An answer that comes in one burst has no rate worth telling. */
const minStreamMs = 10;

export class Stopwatch {
  readonly #clock: Clock;
  readonly #startedMs: number;
  #firstTextMs: number | undefined;
  #lastTextMs: number | undefined;
  #firstHunkMs: number | undefined;
  readonly #roundTripsMs: number[] = [];
  chars = 0;
  usage: Usage | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.now();
  }

  get elapsedMs(): number {
    return this.#clock.now() - this.#startedMs;
  }

  get hunks(): number {
    return this.#roundTripsMs.length;
  }

  /** A steered answer is several responses: their tokens add up. */
  used(usage: Usage): void {
    const sum = (key: keyof Usage) => (this.usage?.[key] ?? 0) + usage[key];
    this.usage = {
      inputTokens: sum('inputTokens'),
      cachedTokens: sum('cachedTokens'),
      outputTokens: sum('outputTokens'),
      reasoningTokens: sum('reasoningTokens'),
    };
  }

  text(chunk: string): void {
    this.chars += chunk.length;
    this.#firstTextMs ??= this.elapsedMs;
    this.#lastTextMs = this.elapsedMs;
  }

  landed(roundTripMs: number): void {
    this.#firstHunkMs ??= this.elapsedMs;
    this.#roundTripsMs.push(roundTripMs);
  }

  /** `rebases`: edits that were sent again; `repairs`: that the editor had put in the wrong place, told only where there are any. */
  timing(rebases = 0, repairs = 0): Timing {
    const ttftMs = this.#firstTextMs;
    const streamMs = ttftMs === undefined ? undefined : this.#lastTextMs! - ttftMs;
    const tokens = this.usage?.outputTokens || this.chars / charsPerToken;
    return compact({
      ttftMs: round(ttftMs),
      firstHunkMs: round(this.#firstHunkMs),
      streamMs: round(streamMs),
      totalMs: round(this.elapsedMs)!,
      tokensPerSecond: streamMs && streamMs >= minStreamMs ? Math.round((tokens / streamMs) * 1000) : undefined,
      hunks: this.hunks,
      applyRoundTripMs: round(median(this.#roundTripsMs)),
      rebases,
      repairs: repairs || undefined,
    });
  }
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function round(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 100) / 100;
}

/** Without the keys that have no value, so that they do not appear as null on the wire. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}
