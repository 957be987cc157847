// What a received text says about an edit of ours that is under way, and about what the user did meanwhile.
// Works on texts alone: contentChanges, versions and `applied` flags can't be trusted (see README.md).

import { diffTexts } from '../text/diff.ts';
import { applyEdits, type Edit, sizeOfEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { mapSpan, tellAround, touches } from './retell.ts';

/**
 * `ours`: those of the edits under way that the new text shows (offsets into the old text), all of them, none, or, while an editor applies
 * them one by one, some. `foreign`: what else changed, in offsets into the old text with `ours` applied.
 */
export interface Reconciled {
  readonly ours: readonly Edit[];
  readonly foreign: readonly Edit[];
}

/** An explanation, and how much of a change by others it takes. */
interface Explanation extends Reconciled {
  /** Whether others changed the region that the edits are for. */
  readonly isTouched: boolean;
  readonly size: number;
}

/**
 * Explains `next` as `previous` with some of `underWay` (sorted, offsets into `previous`), so that others left their region (`span`, likewise) alone if
 * that can be, and changed as little as possible. An explanation without our edits wins a tie: claiming an edit that is not there would lose it.
 * `ours` holds the very objects of `underWay`.
 */
export function reconcile(previous: string, next: string, underWay: readonly Edit[], span: Span): Reconciled {
  const none = explain({ previous, next, span }, []);
  if (underWay.length === 0 || none.size === 0) return none;
  const all = explain({ previous, next, span }, underWay);
  if (all.size === 0) return all;
  let best = better(none, all);
  for (const some of partsOf(underWay)) best = better(best, explain({ previous, next, span }, some));
  return best;
}

function explain(
  { previous, next, span }: { previous: string; next: string; span: Span },
  ours: readonly Edit[],
): Explanation {
  const text = applyEdits(previous, ours);
  const region = mapSpan(span, ours, true);
  const foreign = tellAround({ text, next, edits: diffTexts(text, next) }, region);
  return { ours, foreign, isTouched: foreign.some((edit) => touches(edit, region)), size: sizeOfEdits(foreign) };
}

function better(a: Explanation, b: Explanation): Explanation {
  if (a.isTouched !== b.isTouched) return a.isTouched ? b : a;
  return b.size < a.size ? b : a;
}

/** Editors apply the edits of one request from the last to the first or the other way round: the states in between. */
function* partsOf(edits: readonly Edit[]): Generator<readonly Edit[]> {
  for (let n = edits.length - 1; n > 0; n--) {
    yield edits.slice(0, n);
    yield edits.slice(edits.length - n);
  }
}
