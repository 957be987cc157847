// What a received text says about an edit of ours that is under way, and about what the user did meanwhile.
// Works on texts alone: contentChanges, versions and `applied` flags can't be trusted (see README.md).

import { diffTexts, trim } from '../text/diff.ts';
import { applyEdits, type Edit, sizeOfEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { distance } from './distance.ts';
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
  /** Units that others inserted and deleted. */
  readonly size: number;
  /** Whether others changed the region that the edits are for. */
  readonly isTouched: boolean;
}

interface Question {
  readonly previous: string;
  readonly next: string;
  /** The region, in `previous`. */
  readonly span: Span;
}

/**
 * Explains `next` as `previous` with some of `underWay` (sorted, offsets into `previous`) and the least change by others. Of explanations that are as
 * short, one that leaves the region (`span`) alone wins, then one without our edits: claiming an edit that is not there would lose it. `ours` holds
 * the very objects of `underWay`.
 */
export function reconcile(question: Question, underWay: readonly Edit[]): Reconciled {
  let best = explain(question, [], Number.POSITIVE_INFINITY)!;
  if (underWay.length === 0 || best.size === 0) return best;
  for (const ours of [underWay, ...partsOf(underWay)]) {
    const other = explain(question, ours, best.size);
    if (other && (other.size < best.size || (best.isTouched && !other.isTouched))) best = other;
    if (best.size === 0) break;
  }
  return best;
}

/** Undefined if that would take others to have changed more than `most`. */
function explain({ previous, next, span }: Question, ours: readonly Edit[], most: number): Explanation | undefined {
  const text = applyEdits(previous, ours);
  const edits = diffTexts(text, next);
  const short = sizeOfEdits(edits);
  const size = short === 0 ? 0 : (distanceOf(text, next, Math.min(short, most)) ?? short);
  if (size > most) return undefined;
  const region = mapSpan(span, ours, true);
  const foreign = tellAround({ text, next, edits }, region);
  return { ours, foreign, size, isTouched: foreign.some((edit) => touches(edit, region)) };
}

function distanceOf(a: string, b: string, most: number): number | undefined {
  const { from, toA, toB } = trim(a, b);
  return distance(a.slice(from, toA), b.slice(from, toB), most);
}

/** Editors apply the edits of one request from the last to the first or the other way round: the states in between. */
function* partsOf(edits: readonly Edit[]): Generator<readonly Edit[]> {
  for (let n = edits.length - 1; n > 0; n--) {
    yield edits.slice(0, n);
    yield edits.slice(edits.length - n);
  }
}
