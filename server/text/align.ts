// Aligns two sequences of token ids: their longest common subsequence where that is affordable. Owns `fast-myers-diff`.

import { diff } from 'fast-myers-diff';

/** What lies between two matched pairs: tokens `fromA`..`toA` of the first sequence became `fromB`..`toB` of the second. Indices, half-open; one side may be empty. */
export interface Gap {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/**
 * Above this many tokens on both sides together, tokens that are unique on both sides are paired first and Myers only fills the gaps between them
 * (as in a patience diff): the time of Myers grows with the square of what changed (4,000 shuffled lines take some 40 ms).
 */
const myersTokens = 4000;

/** The gaps between two sequences of ids, in order; as small as possible unless both are long. */
export function alignIds(a: Int32Array, b: Int32Array): Gap[] {
  const common = keepCommon(a, b);
  const pairs = new Pairs();
  if (common.a.length + common.b.length <= myersTokens) matchMyers(common, pairs);
  else matchUnique(common, pairs);
  return pairs.gaps(a.length, b.length);
}

/** The tokens of one side that the other has too; `indices[i]` is the index of token i in the whole side. */
interface Sequence {
  readonly ids: Int32Array;
  readonly indices: Int32Array;
  readonly length: number;
}

/** Tokens that the other side lacks can't be matched: dropping them first changes nothing but the time it takes. */
function keepCommon(a: Int32Array, b: Int32Array): { a: Sequence; b: Sequence } {
  const inA = new Set(a);
  const inB = new Set(b);
  return { a: keepThoseIn(a, inB), b: keepThoseIn(b, inA) };
}

function keepThoseIn(ids: Int32Array, others: Set<number>): Sequence {
  const kept = new Int32Array(ids.length);
  const indices = new Int32Array(ids.length);
  let length = 0;
  for (let i = 0; i < ids.length; i++) {
    if (!others.has(ids[i]!)) continue;
    kept[length] = ids[i]!;
    indices[length++] = i;
  }
  return { ids: kept.subarray(0, length), indices: indices.subarray(0, length), length };
}

/** Matched pairs of indices, rising on both sides. */
class Pairs {
  readonly #a: number[] = [];
  readonly #b: number[] = [];

  add(indexA: number, indexB: number): void {
    this.#a.push(indexA);
    this.#b.push(indexB);
  }

  gaps(lengthA: number, lengthB: number): Gap[] {
    const gaps: Gap[] = [];
    let fromA = 0;
    let fromB = 0;
    for (let i = 0; i <= this.#a.length; i++) {
      const toA = this.#a[i] ?? lengthA;
      const toB = this.#b[i] ?? lengthB;
      if (fromA < toA || fromB < toB) gaps.push({ fromA, toA, fromB, toB });
      fromA = toA + 1;
      fromB = toB + 1;
    }
    return gaps;
  }
}

function matchMyers({ a, b }: { a: Sequence; b: Sequence }, pairs: Pairs): void {
  let atA = 0;
  let atB = 0;
  const matchUpTo = (end: number) => {
    while (atA < end) pairs.add(a.indices[atA++]!, b.indices[atB++]!);
  };
  for (const [fromA, toA, , toB] of diff(a.ids, b.ids)) {
    matchUpTo(fromA);
    atA = toA;
    atB = toB;
  }
  matchUpTo(a.length);
}

/** Pairs the tokens that occur once on each side in their longest common order, then fills the gaps between them. */
function matchUnique({ a, b }: { a: Sequence; b: Sequence }, pairs: Pairs): void {
  const anchors = longestIncreasing(uniquePairs(a.ids, b.ids));
  let fromA = 0;
  let fromB = 0;
  for (const [atA, atB] of [...anchors, [a.length, b.length] as const]) {
    if (atA - fromA + (atB - fromB) <= myersTokens)
      matchMyers({ a: subsequence(a, fromA, atA), b: subsequence(b, fromB, atB) }, pairs);
    if (atA < a.length) pairs.add(a.indices[atA]!, b.indices[atB]!);
    fromA = atA + 1;
    fromB = atB + 1;
  }
}

function subsequence({ ids, indices }: Sequence, from: number, to: number): Sequence {
  return { ids: ids.subarray(from, to), indices: indices.subarray(from, to), length: Math.max(0, to - from) };
}

type Pair = readonly [a: number, b: number];

function uniquePairs(a: Int32Array, b: Int32Array): Pair[] {
  const onceA = indicesOfUnique(a);
  const onceB = indicesOfUnique(b);
  const pairs: Pair[] = [];
  for (const [id, index] of onceA) {
    const other = onceB.get(id);
    if (index >= 0 && other !== undefined && other >= 0) pairs.push([index, other]);
  }
  return pairs;
}

/** Each id's index, in order of first occurrence; -1 for ids that occur more than once. */
function indicesOfUnique(ids: Int32Array): Map<number, number> {
  const indices = new Map<number, number>();
  for (let i = 0; i < ids.length; i++) indices.set(ids[i]!, indices.has(ids[i]!) ? -1 : i);
  return indices;
}

/** The longest subsequence that rises on both sides (the pairs already rise on the first): patience sorting. */
function longestIncreasing(pairs: readonly Pair[]): Pair[] {
  const piles: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, b], i) => {
    let low = 0;
    for (let high = piles.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (pairs[piles[middle]!]![1] < b) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[i] = piles[low - 1]!;
    piles[low] = i;
  });
  const increasing: Pair[] = [];
  for (let i = piles.at(-1) ?? -1; i >= 0; i = before[i]!) increasing.push(pairs[i]!);
  return increasing.reverse();
}
