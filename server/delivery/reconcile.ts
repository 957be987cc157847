// What a received text says about an edit of ours that is under way, and about what the user did meanwhile.
// Works on texts alone: contentChanges, versions and `applied` flags can't be trusted (see README.md).

import { diffTexts } from '../text/diff.ts';
import { applyEdits, type Edit, sizeOfEdits } from '../text/edit.ts';

/**
 * `ours`: those of the edits under way that the new text shows (offsets into the old text), all of them, none, or, while an editor applies
 * them one by one, some. `foreign`: what else changed, in offsets into the old text with `ours` applied.
 */
export interface Reconciled {
  readonly ours: readonly Edit[];
  readonly foreign: readonly Edit[];
}

/**
 * Explains `next` as `previous` with some of `underWay` (offsets into `previous`, sorted) and the least foreign change. An explanation without
 * our edits wins a tie: claiming an edit that is not there would lose it. `ours` holds the very objects of `underWay`.
 */
export function reconcile(previous: string, next: string, underWay: readonly Edit[]): Reconciled {
  const none: Reconciled = { ours: [], foreign: diffTexts(previous, next) };
  if (underWay.length === 0 || none.foreign.length === 0) return none;
  const all = explain(previous, next, underWay);
  if (all.foreign.length === 0) return all;
  let best = smaller(none, all);
  for (const some of partsOf(underWay)) best = smaller(best, explain(previous, next, some));
  return best;
}

function explain(previous: string, next: string, ours: readonly Edit[]): Reconciled {
  return { ours, foreign: diffTexts(applyEdits(previous, ours), next) };
}

function smaller(a: Reconciled, b: Reconciled): Reconciled {
  return sizeOfEdits(b.foreign) < sizeOfEdits(a.foreign) ? b : a;
}

/** Editors apply the edits of one request from the last to the first or the other way round: the states in between. */
function* partsOf(edits: readonly Edit[]): Generator<readonly Edit[]> {
  for (let n = edits.length - 1; n > 0; n--) {
    yield edits.slice(0, n);
    yield edits.slice(edits.length - n);
  }
}
