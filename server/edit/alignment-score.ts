// How much a new text and a part of the base must have in common before the one is taken to stand for the other. All figures are UTF-16 units without
// indentation; the constants were chosen by the benchmark, see README.md.

import type { OverlapTable } from './overlap-table.ts';

/** Share of a skipped or replaced part of the base that must be found again in the new text; with less it is as likely to come later. */
const minShare = 0.4;
/** So much of the base may always be skipped. */
const freeUnits = 60;
/** Words that unrelated code shares in order by chance: this much more of the base for each doubling of the new text's length. */
const chancePerDoubling = 0.12;

/** How well `size` units of new text, of which `common` are in common, fit the next `reach` units of the base. Positive: better than an insertion. */
export function alignmentScore(common: number, reach: number, size: number): number {
  const gain = common - minShare * reach;
  if (gain <= 0 || size <= reach) return gain;
  return Math.max(common - reach, gain - chancePerDoubling * Math.log2(size / reach) * reach);
}

/** The reach beyond which `alignmentScore` can't be positive for `size` units of new text. */
export function maxReach(size: number): number {
  return Math.ceil(size / minShare);
}

/** Whether `matched` equal units are enough evidence to drop `lost` units of the base that lie before them. */
export function mayDrop(lost: number, matched: number): boolean {
  return matched >= minShare * (lost - freeUnits);
}

/** Whether `size` units of the base may be replaced by a new text that has `common` of them. */
export function mayReplace(common: number, size: number): boolean {
  return common >= minShare * size;
}

/** Whether the first `count` pending lines fit the base up to the line `line` at least as well as up to any other. `bonus`: further units that speak for `line`. */
export function isBestEnd(overlap: OverlapTable, count: number, line: number, bonus = 0): boolean {
  const scoreUpTo = (end: number) => {
    const reach = overlap.start(end);
    return alignmentScore(overlap.common(count, reach), reach, overlap.size(count));
  };
  const own = Math.max(0, scoreUpTo(line)) + bonus;
  for (let end = overlap.first + 1; end <= overlap.last; end++) if (scoreUpTo(end) > own) return false;
  return true;
}
