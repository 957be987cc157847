// Turns the replacement of a part of the base into the smallest edits, cut into line edits: steps between which the buffer could stop.

import type { Edit } from '../text/edit.ts';
import { smallestEdits } from './smallest-edits.ts';

/** `from`..`to` of the base (UTF-16 offsets) becomes `text`, whose line breaks are `\n`. Unlike an edit it may hold text that stays the same. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Edits of the base that complete at least one line of the new text, or delete lines: the least that can be released. */
export type LineEdits = readonly Edit[];

/** The replacement as one edit, with what stays the same. */
export function wholeEdit({ from, to, text }: Replacement, eol: string): Edit {
  return { from, to, insert: eol === '\n' ? text : text.replaceAll('\n', eol) };
}

/** The smallest edits of the replacement, cut into line edits, in order. Line breaks that stay keep their kind, new ones become `eol`. */
export function lineEditsOf(base: string, { from, to, text }: Replacement, eol: string): LineEdits[] {
  const original = base.slice(from, to);
  const old = original.replaceAll('\r\n', '\n');
  const toBase = (edit: Edit): Edit => ({
    from: from + originalOffset(original, edit.from),
    to: from + originalOffset(original, edit.to),
    insert: eol === '\n' ? edit.insert : edit.insert.replaceAll('\n', eol),
  });
  return cutAtLines(old, onWholeLines(old, smallestEdits(old, text))).map((edits) => edits.map(toBase));
}

/** Converts an offset into `original` with all `\r\n` turned into `\n` to one into `original` itself. */
function originalOffset(original: string, offset: number): number {
  if (!original.includes('\r\n')) return offset;
  let at = 0;
  for (let seen = 0; seen < offset; seen++) at += original[at] === '\r' && original[at + 1] === '\n' ? 2 : 1;
  return at;
}

/** Moves an insertion of lines that starts inside a line to the start of that line, where the resulting text is the same. */
function onWholeLines(old: string, edits: readonly Edit[]): Edit[] {
  let settled = 0;
  return edits.map((edit) => {
    const { from, to, insert } = edit;
    const start = old.lastIndexOf('\n', from - 1) + 1;
    const moved = old.slice(start, from);
    const same = from === to && moved !== '' && start >= settled && insert.includes('\n') && insert.endsWith(moved);
    settled = to;
    return same ? { from: start, to: start, insert: moved + insert.slice(0, -moved.length) } : edit;
  });
}

function cutAtLines(old: string, edits: readonly Edit[]): LineEdits[] {
  const all: Edit[][] = [];
  let current: Edit[] = [];
  const cut = () => {
    if (current.length > 0) all.push(current);
    current = [];
  };
  let settled = 0;
  for (const edit of edits) {
    if (old.slice(settled, edit.from).includes('\n')) cut();
    for (const part of splitAtLines(old, edit)) {
      current.push(part);
      if (part.insert.endsWith('\n') && isLineStart(old, part.to)) cut();
    }
    settled = edit.to;
  }
  cut();
  return all;
}

/** An edit at the start of a line as one insertion for each line; the last one also deletes what the edit deletes. */
function splitAtLines(old: string, edit: Edit): Edit[] {
  if (!isLineStart(old, edit.from)) return [edit];
  const lines = edit.insert.split(/(?<=\n)/);
  const last = lines.pop() ?? '';
  return [...lines.map((insert) => ({ from: edit.from, to: edit.from, insert })), { ...edit, insert: last }];
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n';
}
