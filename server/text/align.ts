// Which units two sequences have in common, in order: the longest common subsequence where that is affordable. Owns `fast-myers-diff`.

import { diff } from 'fast-myers-diff';

/** A changed stretch: units `fromA`..`toA` of one sequence became `fromB`..`toB` of the other. */
export interface Gap {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/**
 * Above this many units on both sides together, unique common units are paired first and Myers only fills between them: its time grows with
 * the square of what changed (4,000 shuffled lines take some 40 ms).
 */
const MYERS_UNITS = 4000;

/** The changed stretches between two sequences of ids, in order; minimal unless both are long. */
export function alignIds(a: Int32Array, b: Int32Array): Gap[] {
  const shared = keepShared(a, b);
  const pairs = new Pairs();
  if (shared.a.length + shared.b.length <= MYERS_UNITS) matchMyers(shared, pairs);
  else matchUnique(shared, pairs);
  return pairs.gaps(a.length, b.length);
}

/** Units of one side that the other has too; `places` says where in the whole side they stand. */
interface Seq {
  readonly ids: Int32Array;
  readonly places: Int32Array;
  readonly length: number;
}

/** Units that the other side lacks can't be matched: dropping them first changes nothing but the time it takes. */
function keepShared(a: Int32Array, b: Int32Array): { a: Seq; b: Seq } {
  const inA = new Set(a);
  const inB = new Set(b);
  return { a: keepOf(a, inB), b: keepOf(b, inA) };
}

function keepOf(ids: Int32Array, others: Set<number>): Seq {
  const kept = new Int32Array(ids.length);
  const places = new Int32Array(ids.length);
  let length = 0;
  for (let i = 0; i < ids.length; i++) {
    if (!others.has(ids[i]!)) continue;
    kept[length] = ids[i]!;
    places[length++] = i;
  }
  return { ids: kept.subarray(0, length), places: places.subarray(0, length), length };
}

/** Matched pairs of places, in order. */
class Pairs {
  private readonly a: number[] = [];
  private readonly b: number[] = [];

  add(placeA: number, placeB: number): void {
    this.a.push(placeA);
    this.b.push(placeB);
  }

  gaps(lengthA: number, lengthB: number): Gap[] {
    const gaps: Gap[] = [];
    let fromA = 0;
    let fromB = 0;
    for (let i = 0; i <= this.a.length; i++) {
      const toA = this.a[i] ?? lengthA;
      const toB = this.b[i] ?? lengthB;
      if (fromA < toA || fromB < toB) gaps.push({ fromA, toA, fromB, toB });
      fromA = toA + 1;
      fromB = toB + 1;
    }
    return gaps;
  }
}

function matchMyers({ a, b }: { a: Seq; b: Seq }, pairs: Pairs): void {
  let atA = 0;
  let atB = 0;
  const matchUpTo = (end: number) => {
    while (atA < end) pairs.add(a.places[atA++]!, b.places[atB++]!);
  };
  for (const [fromA, toA, , toB] of diff(a.ids, b.ids)) {
    matchUpTo(fromA);
    atA = toA;
    atB = toB;
  }
  matchUpTo(a.length);
}

/** Pairs the units that occur once on each side in their longest common order, then fills the stretches between them. */
function matchUnique({ a, b }: { a: Seq; b: Seq }, pairs: Pairs): void {
  const anchors = longestRise(uniquePairs(a.ids, b.ids));
  let fromA = 0;
  let fromB = 0;
  for (const [atA, atB] of [...anchors, [a.length, b.length] as const]) {
    if (atA - fromA + (atB - fromB) <= MYERS_UNITS) matchMyers({ a: cut(a, fromA, atA), b: cut(b, fromB, atB) }, pairs);
    if (atA < a.length) pairs.add(a.places[atA]!, b.places[atB]!);
    fromA = atA + 1;
    fromB = atB + 1;
  }
}

function cut(seq: Seq, from: number, to: number): Seq {
  return { ids: seq.ids.subarray(from, to), places: seq.places.subarray(from, to), length: Math.max(0, to - from) };
}

type Pair = readonly [a: number, b: number];

function uniquePairs(a: Int32Array, b: Int32Array): Pair[] {
  const onceA = placesOfUnique(a);
  const onceB = placesOfUnique(b);
  const pairs: Pair[] = [];
  for (const [id, place] of onceA) {
    const other = onceB.get(id);
    if (place >= 0 && other !== undefined && other >= 0) pairs.push([place, other]);
  }
  return pairs;
}

/** Ids in order of their first place; -1 for those that occur again. */
function placesOfUnique(ids: Int32Array): Map<number, number> {
  const places = new Map<number, number>();
  for (let i = 0; i < ids.length; i++) places.set(ids[i]!, places.has(ids[i]!) ? -1 : i);
  return places;
}

/** The longest subsequence that rises on both sides (the pairs already rise on the first): patience sorting. */
function longestRise(pairs: readonly Pair[]): Pair[] {
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
  const rise: Pair[] = [];
  for (let i = piles.at(-1) ?? -1; i >= 0; i = before[i]!) rise.push(pairs[i]!);
  return rise.reverse();
}
