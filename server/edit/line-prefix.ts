// Where the pending lines end in the base, told by the prefix of the line behind them.

import { isBestEnd, mayReplace } from './alignment-score.ts';
import type { BaseLines } from './base-lines.ts';
import { lastAhead, type OverlapTable } from './overlap-table.ts';
import type { Plan } from './plan.ts';

export interface PrefixInput {
  readonly base: BaseLines;
  /** The pending lines. */
  readonly lines: readonly string[];
  /** What has come behind them: whole lines that may still prove not to be code, then the beginning of one. */
  readonly lookahead: string;
  /** Called only where such a line was found: the table costs more than everything else here. */
  readonly overlap: () => OverlapTable;
}

/** The pending lines replace the base up to the only line ahead that begins like `lookahead`, if no other place fits them better. */
export function planByPrefix({ base, lines, lookahead, overlap: get }: PrefixInput): Plan | undefined {
  const line = onlyLineLike(base, lookahead, lastAhead(base));
  if (line === undefined) return undefined;
  const overlap = get();
  const reach = overlap.start(line);
  if (!mayReplace(overlap.common(lines.length, reach), reach)) return undefined;
  if (!isBestEnd(overlap, lines.length, line, lookahead.trim().length)) return undefined;
  return { count: lines.length, reached: { line }, replacements: [base.replaceUpTo(line, lines)] };
}

/** The line before `last` from which on the base reads like `lookahead`, indentation aside; undefined unless there is exactly one. */
function onlyLineLike(base: BaseLines, lookahead: string, last: number): number | undefined {
  const before = lookahead.split('\n').map((line) => line.trim());
  const start = before.pop()!;
  let only: number | undefined;
  for (let line = base.next; line + before.length < last; line++) {
    if (!base.key(line + before.length).startsWith(start)) continue;
    if (before.some((key, i) => key !== base.key(line + i))) continue;
    if (only !== undefined) return undefined;
    only = line;
  }
  return only;
}
