// A change of a text can often be told as any of several edits: what a user types among equal characters is nobody's guess. Here it is told so
// that a span is left alone, wherever that is as true. All offsets are into `text`, the text before the change, unless said otherwise.

import { diffTexts } from '../text/diff.ts';
import { type Edit, mapOffset, shiftEdits, sizeOfEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** `edits` turn `text` into `next`. */
export interface Change {
  readonly text: string;
  readonly next: string;
  readonly edits: readonly Edit[];
}

/** Whether an edit changes what is inside `span`. Text inserted exactly at an edge is outside. */
export function touches(edit: Span, span: Span): boolean {
  return edit.from < span.to && edit.to > span.from;
}

/**
 * The same change in edits that leave `span` alone, if its text still stands somewhere and that explains no more of a change than the edits at
 * hand; else these. Meant for spans whose text is long enough to be found again.
 */
export function tellAround(change: Change, span: Span): readonly Edit[] {
  const { text, next, edits } = change;
  if (span.from === span.to || !edits.some((edit) => touches(edit, span))) return edits;
  const kept = text.slice(span.from, span.to);
  const most = sizeOfEdits(edits);
  for (let at = next.indexOf(kept, span.from - most); at >= 0; at = next.indexOf(kept, at + 1)) {
    if (at > span.from + most) break;
    const before = diffTexts(text.slice(0, span.from), next.slice(0, at));
    const after = diffTexts(text.slice(span.to), next.slice(at + kept.length));
    const told = [...before, ...shiftEdits(after, span.to)];
    if (sizeOfEdits(told) <= most) return told;
  }
  return edits;
}

/** The same change with each insertion or deletion that touches `span` moved off it, where equal characters allow that. */
export function tellBeside({ text, edits }: Omit<Change, 'next'>, span: Span): readonly Edit[] {
  if (!edits.some((edit) => touches(edit, span))) return edits;
  return edits.map((edit, i) => {
    const room = { from: edits[i - 1]?.to ?? 0, to: edits[i + 1]?.from ?? text.length };
    return touches(edit, span) ? moveOff({ text, edit, room }, span) : edit;
  });
}

function moveOff({ text, edit, room }: { text: string; edit: Edit; room: Span }, span: Span): Edit {
  const length = edit.to - edit.from;
  const isInsert = length === 0;
  if (!isInsert && edit.insert !== '') return edit;
  const content = isInsert ? edit.insert : text.slice(edit.from, edit.to);
  const left = edit.to - span.from;
  const right = span.to - edit.from;
  if (edit.from - left >= room.from && canSlide(text, edit, content, -left)) return slid(edit, content, -left);
  if (edit.to + right <= room.to && canSlide(text, edit, content, right)) return slid(edit, content, right);
  return edit;
}

/** Whether an insertion or deletion of `content` can be moved by so many units without another result. */
function canSlide(text: string, { from, to }: Span, content: string, by: number): boolean {
  const { length } = content;
  for (let i = 1; i <= -by; i++) if (text[from - i] !== content[(length - (i % length)) % length]) return false;
  for (let i = 0; i < by; i++) if (text[to + i] !== content[i % length]) return false;
  return true;
}

function slid({ from, to, insert }: Edit, content: string, by: number): Edit {
  const { length } = content;
  const turn = ((by % length) + length) % length;
  const moved = { from: from + by, to: to + by };
  return { ...moved, insert: insert === '' ? '' : content.slice(turn) + content.slice(0, turn) };
}

/** Where `span` is after `edits`. The span's own edits may insert at its edges and belong to it; what others insert there is outside. */
export function mapSpan(span: Span, edits: readonly Edit[], own: boolean): Span {
  const from = mapOffset(span.from, edits, own ? -1 : 1);
  const to = mapOffset(span.to, edits, own ? 1 : -1);
  return from <= to ? { from, to } : { from: to, to };
}
