// Maps our edits and spans over what others changed (part 3 of the story in reconcile.ts). A text does not say how it came about: what a user types among equal
// characters can be described as any of several edits, so a change is described such that it leaves a span alone wherever that is as true. All offsets are into
// `text`, the text before the change, unless said otherwise.

import { diffClosely, trimCommon } from '../text/diff.ts';
import { type Edit, mapOffset, shiftEdits, sizeOfEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** `edits` turn `text` into `next`. */
export interface TextChange {
  readonly text: string;
  readonly next: string;
  readonly edits: readonly Edit[];
}

/** By how much a description may grow to leave a span alone. Moving code past a span half as long can be described as moving the span. */
const maxDetour = 2;

/** How many copies of a span's text are looked at: a text of which there are more is too short to be found again. */
const maxPlaces = 32;

/** So few units between two changes may be equal by chance: all of it may be one change. */
const byChance = 2;

/** Whether an edit changes what is inside `span`. Text inserted exactly at an edge is outside. */
export function touches(edit: Span, span: Span): boolean {
  return edit.from < span.to && edit.to > span.from;
}

/** Whether an edit changes what is inside `span` or exactly at an edge of it. */
export function abuts(edit: Span, span: Span): boolean {
  return edit.from <= span.to && edit.to >= span.from;
}

/**
 * The same change in edits that leave `span` alone, if the text of the span still stands nearby and these edits are not much longer than those at hand;
 * otherwise the edits at hand. Meant for spans whose text is long enough to be found again.
 */
export function editsAvoiding(change: TextChange, span: Span): readonly Edit[] {
  const { text, edits } = change;
  if (span.from === span.to || !edits.some((edit) => touches(edit, span))) return edits;
  const found = findAround(change, span, {
    kept: text.slice(span.from, span.to),
    most: sizeOfEdits(edits) * maxDetour,
  });
  return found?.around ?? edits;
}

/**
 * Where `earlier` stands in `next` in the place of `span`, if no more has changed around it than the edits at hand change. Where these put the edges of the
 * span is not asked: that may be one of several true descriptions.
 */
export function locateEarlier(change: TextChange, span: Span, earlier: string): Span | undefined {
  const { text, next, edits } = change;
  const mapped = mapSpan(span, edits, false);
  if (next.slice(mapped.from, mapped.to) === earlier) return mapped;
  const most = sizeOfEdits(edits);
  const grown = next.length - text.length - (earlier.length - (span.to - span.from));
  if (earlier === '' || Math.abs(grown) > most) return undefined;
  return findAround(change, span, { kept: earlier, most })?.span;
}

/** Whether `found` is another text that reads the same: it lies in what has not changed at all, and is not where the span was. */
function isCopy({ text, next }: TextChange, span: Span, found: Span): boolean {
  const isOwn = found.from === span.from || next.length - found.to === text.length - span.to;
  if (isOwn) return false;
  const changed = trimCommon(text, next);
  return found.to <= changed.from || found.from >= changed.toB;
}

/** Where a span has come to stand, in offsets of `next`, and the change around it. */
interface Around {
  readonly span: Span;
  readonly around: readonly Edit[];
}

/**
 * Where `kept` stands in `next` in the place of `span`, and the change of the rest, which is no more than `most` units; of several such places the one with
 * the least change.
 */
function findAround(
  change: TextChange,
  span: Span,
  { kept, most }: { kept: string; most: number },
): Around | undefined {
  const { next } = change;
  const least = sizeOfEdits(change.edits);
  let best: Around | undefined;
  let size = most + 1;
  let places = 0;
  for (let at = next.indexOf(kept, span.from - most); at >= 0; at = next.indexOf(kept, at + 1)) {
    if (at > span.from + most || ++places > maxPlaces) break;
    const found = { from: at, to: at + kept.length };
    if (isCopy(change, span, found)) continue;
    const around = editsAround(change, span, found);
    if (sizeOfEdits(around) >= size) continue;
    size = sizeOfEdits(around);
    best = { span: found, around };
    if (size <= least) break;
  }
  return best;
}

/** The change, if `span` has become `found`. */
function editsAround({ text, next }: TextChange, span: Span, found: Span): readonly Edit[] {
  const before = diffClosely(text.slice(0, span.from), next.slice(0, found.from));
  const after = diffClosely(text.slice(span.to), next.slice(found.to));
  return [...before, ...shiftEdits(after, span.to)];
}

/**
 * Whether one of `edits` touches `span`, or might as well be described so that it does: because it inserts or deletes among equal characters, or because so
 * little stands between two edits that it may not be what stood there.
 */
export function mayTouch({ text, edits }: Omit<TextChange, 'next'>, span: Span): boolean {
  const all = joinNear(text, edits);
  return all.some((edit, i) => {
    const { left, right } = slides(text, edit, { from: all[i - 1]?.to ?? 0, to: all[i + 1]?.from ?? text.length });
    const length = edit.to - edit.from;
    const first = Math.max(edit.from - left, span.from - length + 1);
    return first <= Math.min(edit.from + right, span.to - 1);
  });
}

/** Edits that hardly anything stands between, as one. */
function joinNear(text: string, edits: readonly Edit[]): readonly Edit[] {
  const all: Edit[] = [];
  for (const { from, to, insert } of edits) {
    const last = all.at(-1);
    if (last && from - last.to <= byChance)
      all[all.length - 1] = { from: last.from, to, insert: last.insert + text.slice(last.to, from) + insert };
    else all.push({ from, to, insert });
  }
  return all;
}

/** How far a pure insertion or deletion can be moved to the left and to the right within `room` and still give the same text. */
function slides(text: string, { from, to, insert }: Edit, room: Span): { left: number; right: number } {
  if (from !== to && insert !== '') return { left: 0, right: 0 };
  const content = from === to ? insert : text.slice(from, to);
  const { length } = content;
  let left = 0;
  while (from - left > room.from && text[from - left - 1] === content[length - 1 - (left % length)]) left++;
  let right = 0;
  while (to + right < room.to && text[to + right] === content[right % length]) right++;
  return { left, right };
}

/** Where `span` is after `edits`, in offsets of the text after them. `own`: what they insert at its edges belongs to the span; what others insert is outside. */
export function mapSpan(span: Span, edits: readonly Edit[], own: boolean): Span {
  const from = mapOffset(span.from, edits, own ? -1 : 1);
  const to = mapOffset(span.to, edits, own ? 1 : -1);
  return from <= to ? { from, to } : { from: to, to };
}

/** `span` within `region`, in which it belongs: it stays inside, whatever others type at the edges. */
export function clampTo({ from, to }: Span, region: Span): Span {
  const clamp = (at: number) => Math.min(Math.max(at, region.from), region.to);
  return { from: clamp(from), to: clamp(to) };
}

/**
 * `edits` of a text, as edits of the same text after `others`. They delete what they would have deleted, as far as it is still there, and nothing that others
 * inserted; what they insert comes where they begin.
 */
export function rebase(edits: readonly Edit[], others: readonly Edit[]): Edit[] {
  return edits.flatMap((edit) => partsLeft(edit, others)).filter(({ from, to, insert }) => from < to || insert !== '');
}

/** An edit in as many parts as others have left of what it deletes. */
function partsLeft({ from, to, insert }: Edit, others: readonly Edit[]): Edit[] {
  const all: Edit[] = [];
  let at = from;
  const take = (end: number) => {
    const start = mapOffset(at, others, 1);
    all.push({ from: start, to: Math.max(start, mapOffset(end, others, -1)), insert: all.length === 0 ? insert : '' });
  };
  for (const other of others) {
    if (other.to < from || other.from > to || other.from < at) {
      if (other.from < at && other.to > at) at = Math.min(other.to, to);
      continue;
    }
    if (other.from > at) take(other.from);
    at = Math.min(Math.max(at, other.to), to);
  }
  if (at < to || all.length === 0) take(to);
  return all;
}
