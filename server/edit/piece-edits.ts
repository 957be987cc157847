// Turns a piece (lines for lines) into the smallest edits of the base, cut where the buffer could stop between them.

import { diffTexts } from '../text/diff.ts';
import type { Edit } from '../text/edit.ts';
import type { Piece } from './aligner.ts';
import { type BaseLines, endOfLine } from './base-lines.ts';

/** Edits into the base that bring one line or more of the new text: the least that can be released. */
export type Unit = readonly Edit[];

export interface PieceOptions {
  readonly base: string;
  readonly lines: BaseLines;
  readonly piece: Piece;
  readonly eol: string;
}

/** The units of a piece, in order. Line breaks that stay keep their kind, new ones are `eol`. */
export function pieceUnits({ base, lines, piece, eol }: PieceOptions): Unit[] {
  const { from, to, text } = replacement(lines, piece);
  const original = base.slice(from, to);
  const old = original.replaceAll('\r\n', '\n');
  const toBase = (edit: Edit): Edit => ({
    from: from + originalOffset(original, edit.from),
    to: from + originalOffset(original, edit.to),
    insert: eol === '\n' ? edit.insert : edit.insert.replaceAll('\n', eol),
  });
  return cutAtLines(old, onWholeLines(old, diffTexts(old, text))).map((unit) => unit.map(toBase));
}

/** Which stretch of the base becomes which text (with `\n`). A line goes with the break behind it, at the region's end with the one before. */
function replacement(
  lines: BaseLines,
  { fromA, toA, lines: added }: Piece,
): { from: number; to: number; text: string } {
  const text = added.join('\n');
  const total = lines.texts.length;
  const from = lines.starts[fromA]!;
  if (toA < total) return { from, to: lines.starts[toA]!, text: added.length > 0 ? `${text}\n` : '' };
  const { to } = lines.region;
  if (fromA < total && (added.length > 0 || fromA === 0)) return { from, to, text };
  return { from: endOfLine(lines, fromA - 1), to, text: added.length > 0 ? `\n${text}` : '' };
}

/** From an offset into `old` with `\n` alone to one into `old` itself. */
function originalOffset(old: string, offset: number): number {
  if (!old.includes('\r\n')) return offset;
  let at = 0;
  for (let seen = 0; seen < offset; seen++) at += old[at] === '\r' && old[at + 1] === '\n' ? 2 : 1;
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
