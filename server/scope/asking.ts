// Asks a tree a query, unless the tree has a shape for which that takes for ever.

import type { Span } from '../text/span.ts';
import { TooMuchWork } from './effort.ts';
import type { Parsed } from './parsed.ts';

/**
 * tree-sitter's queries look, at each node, at all that is around it and at all brothers behind it up to the next named one: the time grows with the square of
 * the depth, and with that of a row of marks. In nodes of less than so many UTF-16 units neither matters.
 */
const LARGE_UNITS = 4000;
/** More large nodes in one another than this nobody writes: `a<b<b<b…`. Each is a level of the tree. */
const MOST_LEVELS = 200;
/** More children without a name in one large node, and hardly any with one: `[[[[…`. */
const MOST_MARKS = 2000;

/** What a hundred operations of a query cost. */
const PROGRESS_STEPS = 20;

/** Throws TooMuchWork if a query in `window` would take for ever. What lies between the ends of the window is as small as the window is. */
export function checkShape(parsed: Parsed, { from, to }: Span): void {
  for (const offset of [from, Math.max(from, to - 1)]) {
    let levels = 0;
    for (const { startIndex, endIndex, childCount, namedChildCount } of parsed.downTo(offset)) {
      if (endIndex - startIndex < LARGE_UNITS) break;
      if (++levels > MOST_LEVELS) throw new TooMuchWork();
      if (childCount - namedChildCount > MOST_MARKS && namedChildCount * 4 < childCount) throw new TooMuchWork();
    }
  }
}

type Progress = { readonly progressCallback: () => boolean };

/** What a query says, if that costs no more than it may. */
export function ask<T>({ effort }: Parsed, query: (progress: Progress) => T): T {
  let isTooMuch = false;
  const progressCallback = () => {
    isTooMuch ||= !effort.take(PROGRESS_STEPS);
    return isTooMuch;
  };
  const answer = query({ progressCallback });
  if (isTooMuch) throw new TooMuchWork();
  return answer;
}
