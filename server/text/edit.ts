// Offset edits: applying, inverting and composing them, and mapping positions through them.

import type { Span } from './span.ts';

/**
 * Replaces `from`..`to` (UTF-16 offsets into one base text) by `insert`. A list of edits is sorted, does not overlap, and all of
 * its offsets are in the coordinates of the one base text, before any of the edits.
 */
export interface Edit extends Span {
  readonly insert: string;
}

/** The text after `edits`, whose offsets are into `text`. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** Whether `applyEdits(text, edits) === next`, without building that text: a copy of a large text takes milliseconds. */
export function editsLeadTo(text: string, edits: readonly Edit[], next: string): boolean {
  if (text.length + lengthDelta(edits) !== next.length) return false;
  let at = 0;
  let to = 0;
  for (const edit of edits) {
    const kept = edit.from - at;
    if (text.slice(at, edit.from) !== next.slice(to, to + kept)) return false;
    if (!next.startsWith(edit.insert, to + kept)) return false;
    at = edit.to;
    to += kept + edit.insert.length;
  }
  return text.slice(at) === next.slice(to);
}

/** By how many UTF-16 units a text gets longer; negative: shorter. */
function lengthDelta(edits: readonly Edit[]): number {
  return edits.reduce((units, { from, to, insert }) => units + insert.length - (to - from), 0);
}

/** The edits that undo `edits`: offsets into the text after them; `base` is the text before them. */
export function invertEdits(base: string, edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return edits.map((edit) => {
    const from = edit.from + shift;
    shift += edit.insert.length - (edit.to - edit.from);
    return { from, to: from + edit.insert.length, insert: base.slice(edit.from, edit.to) };
  });
}

/** Where the inserted texts stand, in offsets of the text after `edits`; empty spans where something was only deleted. */
export function insertedSpans(edits: readonly Edit[]): Span[] {
  let shift = 0;
  return edits.map(({ from, to, insert }) => {
    const span = { from: from + shift, to: from + shift + insert.length };
    shift += insert.length - (to - from);
    return span;
  });
}

/**
 * Where `offset` (into the text before `edits`) is afterwards. `side` decides for an insertion exactly there, and for a position
 * inside a replaced span: -1 stays before the inserted text, 1 goes behind it.
 */
export function mapOffset(offset: number, edits: readonly Edit[], side: -1 | 1): number {
  let shift = 0;
  for (const edit of edits) {
    if (edit.from > offset || (edit.from === offset && (side < 0 || edit.to > offset))) break;
    if (edit.to > offset) return edit.from + shift + (side < 0 ? 0 : edit.insert.length);
    shift += edit.insert.length - (edit.to - edit.from);
  }
  return offset + shift;
}

/** A copy in the order that lists of edits have: by position. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Moves edits by `by` UTF-16 units, e.g. from the coordinates of a scope's text into those of its document. */
export function shiftEdits(edits: readonly Edit[], by: number): Edit[] {
  return edits.map(({ from, to, insert }) => ({ from: from + by, to: to + by, insert }));
}

/** Inserted plus deleted UTF-16 units: how much a person would have to look at. */
export function sizeOfEdits(edits: readonly Edit[]): number {
  let size = 0;
  for (const edit of edits) size += edit.to - edit.from + edit.insert.length;
  return size;
}
