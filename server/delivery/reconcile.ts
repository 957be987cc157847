// What a received text says about an edit of ours that is under way, and about what the user did meanwhile.
// Works on texts alone: contentChanges, versions and `applied` flags can't be trusted (see server/README.md).

import { diffTexts } from '../text/diff.ts';
import { applyEdits, type Edit, mapOffset, sizeOfEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/**
 * `ours`: those of the edits under way that the new text shows (offsets into the old text), all of them, none, or, while an editor applies
 * them one by one, some. `foreign`: what else changed, in offsets into the old text with `ours` applied.
 */
export interface Reconciled {
  readonly ours: readonly Edit[];
  readonly foreign: readonly Edit[];
}

/**
 * Explains `next` as `previous` with some of `underWay` (offsets into `previous`) and the least foreign change. An explanation without our
 * edits wins a tie: claiming an edit that is not there would lose it.
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

/**
 * Whether an edit changes what is inside `span` (both in offsets into `text`, before the edit). Text inserted exactly at an edge is outside. An
 * insertion or deletion among equal characters may be told as any of several edits that give the same text; if one of them
 * leaves the span alone, so did the user.
 */
export function touches(text: string, edit: Edit, span: Span): boolean {
  if (!intersects(edit, span)) return false;
  const isInsert = edit.from === edit.to;
  if (!isInsert && edit.insert !== '') return true;
  const { left, right } = slides(text, edit, isInsert ? edit.insert : text.slice(edit.from, edit.to));
  const length = edit.to - edit.from;
  return !(edit.from - left + length <= span.from || edit.from + right >= span.to);
}

function intersects(edit: Span, span: Span): boolean {
  return edit.from < span.to && edit.to > span.from;
}

/** How far a pure insertion or deletion of `content` can be moved to the left and to the right without another result. */
function slides(text: string, edit: Edit, content: string): { left: number; right: number } {
  const { length } = content;
  const before = (i: number) => (i > 0 ? text[edit.from - i] : undefined);
  const after = (i: number) => text[edit.to + i];
  let left = 0;
  while (before(left + 1) !== undefined && before(left + 1) === at(content, -left - 1, length)) left++;
  let right = 0;
  while (after(right) !== undefined && after(right) === at(content, right, length)) right++;
  return { left, right };
}

function at(content: string, index: number, length: number): string | undefined {
  return content[((index % length) + length) % length];
}

/**
 * Where `span` is after `edits`. The span's own edits may insert at its edges and belong to it; what others insert there is outside.
 */
export function mapSpan(span: Span, edits: readonly Edit[], own: boolean): Span {
  const from = mapOffset(span.from, edits, own ? -1 : 1);
  const to = mapOffset(span.to, edits, own ? 1 : -1);
  return from <= to ? { from, to } : { from: to, to };
}
