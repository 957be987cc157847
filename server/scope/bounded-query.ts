// Runs tree-sitter queries within a work budget, and not at all on trees of a shape for which a query would take for ever.

import type { Span } from '../text/span.ts';
import type { ParsedText } from './parsed-text.ts';
import { BudgetExceeded } from './work-budget.ts';

/**
 * tree-sitter's queries look, at each node, at all its ancestors and at all siblings behind it up to the next named one: the time grows with the square of
 * the depth, and of the length of a row of anonymous nodes. In nodes of less than so many UTF-16 units neither matters.
 */
const largeUnits = 4000;
/** Large nodes nested in one another. Code that people write has far fewer; `a<b<b<b…` has more. */
const maxLevels = 200;
/** Anonymous children of one large node that has hardly any named ones: `[[[[…`. */
const maxAnonymous = 2000;

/** Steps that a hundred operations of a query cost; tree-sitter calls back that often. */
const progressSteps = 20;

/**
 * Throws BudgetExceeded if a query in `window` would take for ever. Only the nodes around the window's two ends are looked at: those between them are no
 * larger than the window.
 */
export function assertQueryable(parsed: ParsedText, { from, to }: Span): void {
  for (const offset of [from, Math.max(from, to - 1)]) {
    let levels = 0;
    for (const { startIndex, endIndex, childCount, namedChildCount } of parsed.nodesAround(offset)) {
      if (endIndex - startIndex < largeUnits) break;
      if (++levels > maxLevels) throw new BudgetExceeded();
      if (childCount - namedChildCount > maxAnonymous && namedChildCount * 4 < childCount) throw new BudgetExceeded();
    }
  }
}

type Progress = { readonly progressCallback: () => boolean };

/** Runs `query`, which must pass `progress` on to tree-sitter. Throws BudgetExceeded if it costs more than is left. */
export function runQuery<T>({ budget }: ParsedText, query: (progress: Progress) => T): T {
  let isExceeded = false;
  const progressCallback = () => {
    isExceeded ||= !budget.trySpend(progressSteps);
    return isExceeded;
  };
  const result = query({ progressCallback });
  if (isExceeded) throw new BudgetExceeded();
  return result;
}
