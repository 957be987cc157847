// Turns a stretch of the base that becomes another text into the smallest edits, cut where the buffer could stop between them.

import type { Edit } from '../text/edit.ts';
import { smallestEdits } from './smallest-edits.ts';

/** `from`..`to` of the base becomes `text`, whose line breaks are `\n`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Edits into the base that bring one line or more of the new text: the least that can be released. */
export type Unit = readonly Edit[];

/** A stretch as one edit, whatever of it stays the same. */
export function wholeEdit({ from, to, text }: Stretch, eol: string): Edit {
  return { from, to, insert: eol === '\n' ? text : text.replaceAll('\n', eol) };
}

/** The units of a stretch, in order. Line breaks that stay keep their kind, new ones are `eol`. */
export function stretchUnits(base: string, { from, to, text }: Stretch, eol: string): Unit[] {
  const original = base.slice(from, to);
  const old = original.replaceAll('\r\n', '\n');
  const toBase = (edit: Edit): Edit => ({
    from: from + originalOffset(original, edit.from),
    to: from + originalOffset(original, edit.to),
    insert: eol === '\n' ? edit.insert : edit.insert.replaceAll('\n', eol),
  });
  return cutAtLines(old, onWholeLines(old, smallestEdits(old, text))).map((unit) => unit.map(toBase));
}

/** From an offset into `original` with `\n` alone to one into `original` itself. */
function originalOffset(original: string, offset: number): number {
  if (!original.includes('\r\n')) return offset;
  let at = 0;
  for (let seen = 0; seen < offset; seen++) at += original[at] === '\r' && original[at + 1] === '\n' ? 2 : 1;
  return at;
}

/** An insertion of lines that starts within a line starts with the line, where that comes to the same. */
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

function cutAtLines(old: string, edits: readonly Edit[]): Unit[] {
  const units: Edit[][] = [];
  let unit: Edit[] = [];
  const cut = () => {
    if (unit.length > 0) units.push(unit);
    unit = [];
  };
  let settled = 0;
  for (const edit of edits) {
    if (old.slice(settled, edit.from).includes('\n')) cut();
    for (const part of parts(old, edit)) {
      unit.push(part);
      if (part.insert.endsWith('\n') && isLineStart(old, part.to)) cut();
    }
    settled = edit.to;
  }
  cut();
  return units;
}

/** An edit at the start of a line, line by line: what it deletes goes last. */
function parts(old: string, edit: Edit): Edit[] {
  if (!isLineStart(old, edit.from)) return [edit];
  const lines = edit.insert.split(/(?<=\n)/);
  const last = lines.pop() ?? '';
  return [...lines.map((insert) => ({ from: edit.from, to: edit.from, insert })), { ...edit, insert: last }];
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n';
}
