// A change of a text can often be told as any of several edits: what a user types among equal characters is nobody's guess. Here it is told so
// that a span is left alone, wherever that is as true. All offsets are into `text`, the text before the change, unless said otherwise.

import { diffClosely, trim } from '../text/diff.ts';
import { type Edit, mapOffset, shiftEdits, sizeOfEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** `edits` turn `text` into `next`. */
export interface Change {
  readonly text: string;
  readonly next: string;
  readonly edits: readonly Edit[];
}

/** How much longer a change may be told so that it leaves a span alone: who moves code past a span half as long may be said to have moved the span. */
const maxDetour = 2;

/** Places that a span is looked for at: what stands in more of them is too short to be found. */
const maxPlaces = 32;

/** Units between two changes that may be equal by chance. */
const byChance = 2;

/** Whether an edit changes what is inside `span`. Text inserted exactly at an edge is outside. */
export function touches(edit: Span, span: Span): boolean {
  return edit.from < span.to && edit.to > span.from;
}

/** The same, or what is exactly at an edge. */
export function abuts(edit: Span, span: Span): boolean {
  return edit.from <= span.to && edit.to >= span.from;
}

/**
 * The same change in edits that leave `span` alone, if its text still stands somewhere near and that does not take far more of a change than the
 * edits at hand; else these. Meant for spans whose text is long enough to be found again.
 */
export function tellAround(change: Change, span: Span): readonly Edit[] {
  const { text, edits } = change;
  if (span.from === span.to || !edits.some((edit) => touches(edit, span))) return edits;
  const found = findAround(change, span, {
    kept: text.slice(span.from, span.to),
    most: sizeOfEdits(edits) * maxDetour,
  });
  return found?.around ?? edits;
}

/**
 * Where `earlier` stands in `next` in the place of `span`, if no more has changed around it than the edits at hand change: what they say of its edges may be
 * one of several truths.
 */
export function findBack(change: Change, span: Span, earlier: string): Span | undefined {
  const { text, next, edits } = change;
  const mapped = mapSpan(span, edits, false);
  if (next.slice(mapped.from, mapped.to) === earlier) return mapped;
  const most = sizeOfEdits(edits);
  const grown = next.length - text.length - (earlier.length - (span.to - span.from));
  if (earlier === '' || Math.abs(grown) > most) return undefined;
  return findAround(change, span, { kept: earlier, most })?.span;
}

/** Whether `found` lies in what has not changed at all, and has not been the span there: another text that reads the same. */
function isCopy({ text, next }: Change, span: Span, found: Span): boolean {
  const isOwn = found.from === span.from || next.length - found.to === text.length - span.to;
  if (isOwn) return false;
  const changed = trim(text, next);
  return found.to <= changed.from || found.from >= changed.toB;
}

/** A span and the change around it. */
interface Around {
  readonly span: Span;
  readonly around: readonly Edit[];
}

/**
 * Where `kept` stands in `next` in the place of `span`, so that the rest takes no more than `most` units of change, the least of several; and that change.
 */
function findAround(change: Change, span: Span, { kept, most }: { kept: string; most: number }): Around | undefined {
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
function editsAround({ text, next }: Change, span: Span, found: Span): readonly Edit[] {
  const before = diffClosely(text.slice(0, span.from), next.slice(0, found.from));
  const after = diffClosely(text.slice(span.to), next.slice(found.to));
  return [...before, ...shiftEdits(after, span.to)];
}

/**
 * Whether one of `edits` touches `span`, or might as well be told so, because it inserts or deletes among equal characters, or because what stands between
 * two of them is too little to be what stood there.
 */
export function mayTouch({ text, edits }: Omit<Change, 'next'>, span: Span): boolean {
  const all = joined(text, edits);
  return all.some((edit, i) => {
    const { left, right } = slides(text, edit, { from: all[i - 1]?.to ?? 0, to: all[i + 1]?.from ?? text.length });
    const length = edit.to - edit.from;
    const first = Math.max(edit.from - left, span.from - length + 1);
    return first <= Math.min(edit.from + right, span.to - 1);
  });
}

/** Edits that hardly anything stands between, as one. */
function joined(text: string, edits: readonly Edit[]): readonly Edit[] {
  const all: Edit[] = [];
  for (const { from, to, insert } of edits) {
    const last = all.at(-1);
    if (last && from - last.to <= byChance)
      all[all.length - 1] = { from: last.from, to, insert: last.insert + text.slice(last.to, from) + insert };
    else all.push({ from, to, insert });
  }
  return all;
}

/** How far a pure insertion or deletion can be moved to the left and to the right within `room` without another result. */
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

/** Where `span` is after `edits`. The span's own edits may insert at its edges and belong to it; what others insert there is outside. */
export function mapSpan(span: Span, edits: readonly Edit[], own: boolean): Span {
  const from = mapOffset(span.from, edits, own ? -1 : 1);
  const to = mapOffset(span.to, edits, own ? 1 : -1);
  return from <= to ? { from, to } : { from: to, to };
}

/** `span` where it is within `region`: what belongs at an edge of the region stays in it, whatever others type there. */
export function within({ from, to }: Span, region: Span): Span {
  const clamp = (at: number) => Math.min(Math.max(at, region.from), region.to);
  return { from: clamp(from), to: clamp(to) };
}
