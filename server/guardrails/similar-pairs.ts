// Pairs the lines of two sides that are alike, in their order: what stands between two pairs took the place of what stood there.

import type { Gap } from '../text/align.ts';

/** A line, without the signs of a comment. */
export interface ComparedLine {
  readonly text: string;
  readonly isComment: boolean;
}

/** From this share of common words and signs on (of 1) two lines of code are alike, and a comment is code commented out. */
const minAlike = 0.5;
const minCommented = 0.6;
/** Less than any share that two lines can differ by. */
const samePlace = 1e-4;

/** What stands between the pairs, in order: spans of indices, of which one may be empty. Each line is compared with each, which takes a microsecond. */
export function pairSimilar(a: readonly ComparedLine[], b: readonly ComparedLine[]): Gap[] {
  const [wordsA, wordsB] = [a, b].map((lines) => lines.map(({ text }) => wordsOf(text)));
  const comments = b.findIndex(({ isComment }) => isComment);
  const alike = (i: number, j: number) => {
    const least = leastShare(a[i]!, b[j]!);
    if (least === undefined) return 0;
    const [old, now] = [wordsA![i]!, wordsB![j]!];
    const share = shareOf(old, now);
    if (share < least) return 0;
    if (b[j]!.isComment && shareOf(old, now, isWord) < least) return 0;
    // Of old lines that are alike among themselves, the one in the same place: what a comment stands for is beside it.
    const isInPlace = j < comments ? i === j : a.length - i === b.length - j;
    return share + (isInPlace ? samePlace : 0);
  };
  return gapsOf(bestPairs(a.length, b.length, alike), { a: a.length, b: b.length });
}

/** Undefined: never. A comment may be put in other words and stand for the code below it nevertheless. */
function leastShare(old: ComparedLine, now: ComparedLine): number | undefined {
  if (now.isComment) return old.isComment ? undefined : minCommented;
  return old.isComment ? undefined : minAlike;
}

type Words = ReadonlyMap<string, number>;

function wordsOf(text: string): Words {
  const counts = new Map<string, number>();
  // A longer line is data.
  for (const [word] of text.slice(0, 400).matchAll(/[\p{L}\p{N}\p{M}_]+|\S/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const isWord = (word: string): boolean => /[\p{L}\p{N}_]/u.test(word);

/** How much two lines have in common, of 1; two with nothing that counts are alike. */
function shareOf(a: Words, b: Words, counts = (_: string) => true): number {
  let [common, all] = [0, 0];
  for (const [word, count] of a) {
    if (!counts(word)) continue;
    common += Math.min(count, b.get(word) ?? 0);
    all += count;
  }
  for (const [word, count] of b) if (counts(word)) all += count;
  return all === 0 ? 1 : (2 * common) / all;
}

/** The pairs that have the most in common altogether, in order. */
function bestPairs(lengthA: number, lengthB: number, alike: (i: number, j: number) => number): [number, number][] {
  const width = lengthB + 1;
  const best = new Float64Array((lengthA + 1) * width);
  const paired = new Uint8Array(best.length);
  for (let i = lengthA - 1; i >= 0; i--) {
    for (let j = lengthB - 1; j >= 0; j--) {
      const at = i * width + j;
      const without = Math.max(best[at + width]!, best[at + 1]!);
      const score = alike(i, j);
      const together = score === 0 ? 0 : score + best[at + width + 1]!;
      paired[at] = together > without ? 1 : 0;
      best[at] = Math.max(without, together);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < lengthA && j < lengthB; ) {
    const at = i * width + j;
    if (paired[at] === 1) pairs.push([i++, j++]);
    else if (best[at + width]! >= best[at + 1]!) i++;
    else j++;
  }
  return pairs;
}

function gapsOf(pairs: readonly [number, number][], { a, b }: { a: number; b: number }): Gap[] {
  const gaps: Gap[] = [];
  let [fromA, fromB] = [0, 0];
  for (const [toA, toB] of [...pairs, [a, b] as const]) {
    if (fromA < toA || fromB < toB) gaps.push({ fromA, toA, fromB, toB });
    [fromA, fromB] = [toA + 1, toB + 1];
  }
  return gaps;
}
