// Medians and percentiles of any number of values, in bounded memory.

/** Of the edits that have the value. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
  readonly count: number;
}

/** Distinct values that are kept one by one: the edits of a year or two. */
const defaultMaxExact = 2000;
/** Beyond them values within this share of each other count as one: finer than any two runs agree. */
const grain = Math.log(1.01);
/** Bounds of the range in which they are still distinguished, in whatever unit: a thousandth, and eleven days in ms. */
const [least, most] = [1e-3, 1e9];

/** Exact up to `maxExact` distinct values, then within 1 %; nearest rank, so always a value that was measured. */
export class Distribution {
  readonly #maxExact: number;
  /** By value, or by bucket once there are too many: the first value that was seen in it, and how many there were. */
  #groups = new Map<number, { readonly value: number; count: number }>();
  #keyOf = (value: number): number => value;
  #count = 0;

  constructor(maxExact = defaultMaxExact) {
    this.#maxExact = maxExact;
  }

  add(value: number | undefined): void {
    if (value === undefined) return;
    this.#put(value, 1);
    this.#count++;
    if (this.#groups.size > this.#maxExact && this.#keyOf !== bucketOf) this.#coarsen();
  }

  get spread(): Spread | undefined {
    if (this.#count === 0) return undefined;
    const sorted = [...this.#groups.values()].sort((a, b) => a.value - b.value);
    return { median: this.#rank(sorted, 0.5), p90: this.#rank(sorted, 0.9), count: this.#count };
  }

  #put(value: number, count: number): void {
    const key = this.#keyOf(value);
    const group = this.#groups.get(key);
    if (group) group.count += count;
    else this.#groups.set(key, { value, count });
  }

  #coarsen(): void {
    const exact = this.#groups;
    this.#groups = new Map();
    this.#keyOf = bucketOf;
    for (const { value, count } of exact.values()) this.#put(value, count);
  }

  #rank(sorted: readonly { readonly value: number; readonly count: number }[], share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    return sorted.find(({ count }) => {
      seen += count;
      return seen >= rank;
    })!.value;
  }
}

function bucketOf(value: number): number {
  return Math.floor(Math.log(Math.min(most, Math.max(least, value))) / grain);
}

/** Nearest rank: always a value that was measured. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const all = new Distribution();
  for (const value of values) all.add(value);
  return all.spread;
}
