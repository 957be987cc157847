// Edits of a text where others have changed it meanwhile: what they did to it stays.

import { type Edit, mapOffset } from '../text/edit.ts';

/**
 * `edits` (offsets into a text) in offsets of that text after `others`. They take out what they would have taken out and is still there, and nothing of what
 * others brought; what they insert comes where they begin.
 */
export function rebase(edits: readonly Edit[], others: readonly Edit[]): Edit[] {
  return edits.flatMap((edit) => pieces(edit, others)).filter(({ from, to, insert }) => from < to || insert !== '');
}

function pieces({ from, to, insert }: Edit, others: readonly Edit[]): Edit[] {
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
