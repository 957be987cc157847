// Where the waiting lines end, told by how the line behind them begins.

import { isBestReach, isShared } from './evidence.ts';
import type { OldLines } from './old-lines.ts';
import type { Overlap } from './overlap.ts';
import type { Plan } from './plan.ts';

/** What a beginning is looked for in. */
export interface Begun {
  readonly old: OldLines;
  /** The waiting lines. */
  readonly lines: readonly string[];
  /** What has come behind them: whole lines that may still prove not to be code, then the beginning of one. */
  readonly rest: string;
  readonly overlap: Overlap;
}

/** The waiting lines stand for all up to the only old line that begins like `rest`, if nothing speaks for another place. */
export function planUpToBeginning({ old, lines, rest, overlap }: Begun): Plan | undefined {
  const line = onlyLineLike(old, rest, overlap.last);
  if (line === undefined) return undefined;
  const reach = overlap.start(line);
  if (!isShared(overlap.common(lines.length, reach), reach)) return undefined;
  if (!isBestReach(overlap, lines.length, line, rest.trim().length)) return undefined;
  return { count: lines.length, reached: { line }, stretches: [old.replaced(line, lines)] };
}

/** The line before `last` from which on the base reads like `rest`, whatever the indentation, if there is only one. */
function onlyLineLike(old: OldLines, rest: string, last: number): number | undefined {
  const before = rest.split('\n').map((line) => line.trim());
  const start = before.pop()!;
  let only: number | undefined;
  for (let line = old.next; line + before.length < last; line++) {
    if (!old.key(line + before.length).startsWith(start)) continue;
    if (before.some((key, i) => key !== old.key(line + i))) continue;
    if (only !== undefined) return undefined;
    only = line;
  }
  return only;
}
