// How much must be in common before it means that a new text stands for an old one. All figures are UTF-16 units.

import type { Overlap } from './overlap.ts';

/** Share of a skipped or replaced old text that must be found again; less than that is as likely to come back later. */
const SHARE = 0.4;
/** So much of the base is given up without asking. */
const FREE = 60;
/** Words that unrelated code shares in order by chance: this much more of the old text for each doubling of the new one. */
const PER_DOUBLING = 0.12;

/** What it is worth to let `size` units of new text, of which `common` are in common, stand for `reach` units of the base ahead. */
export function worth(common: number, reach: number, size: number): number {
  const gain = common - SHARE * reach;
  if (gain <= 0 || size <= reach) return gain;
  return Math.max(common - reach, gain - PER_DOUBLING * Math.log2(size / reach) * reach);
}

/** Beyond this reach `worth` can't be positive. */
export function farthest(size: number): number {
  return Math.ceil(size / SHARE);
}

/** Whether `matched` equal units are enough to give up `lost` units that lie before them. */
export function isWorthLosing(lost: number, matched: number): boolean {
  return matched >= SHARE * (lost - FREE);
}

/** Whether an old text of `size` units, of which `common` are in common with a new one, may be replaced by it. */
export function isShared(common: number, size: number): boolean {
  return common >= SHARE * size;
}

/** Whether no line ahead suits the first `count` waiting lines better as their end than `line`, which has `more` units in common that are not counted in. */
export function isBestReach(overlap: Overlap, count: number, line: number, more = 0): boolean {
  const value = (at: number) => {
    const reach = overlap.start(at);
    return worth(overlap.common(count, reach), reach, overlap.size(count));
  };
  const own = Math.max(0, value(line)) + more;
  for (let at = overlap.first + 1; at <= overlap.last; at++) if (value(at) > own) return false;
  return true;
}
