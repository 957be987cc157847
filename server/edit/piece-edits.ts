// Turns a piece (lines for lines) into the smallest edits of the base.

import { diffTexts } from '../text/diff.ts';
import type { Edit } from '../text/edit.ts';
import type { Piece } from './aligner.ts';
import { type BaseLines, endOfLine } from './base-lines.ts';

/** Edits into the base. Line breaks that stay keep their kind, new ones are `eol`. */
export function piecesToEdits(base: string, lines: BaseLines, piece: Piece, eol: string): Edit[] {
  const { from, to, text } = replacement(lines, piece);
  return diffTexts(base.slice(from, to), text.replaceAll('\n', eol)).map((edit) => ({
    from: edit.from + from,
    to: edit.to + from,
    insert: edit.insert,
  }));
}

/** Which stretch of the base becomes which text (with `\n`): a line goes with the break before it, except at the region's start. */
function replacement(lines: BaseLines, { fromA, toA, lines: added }: Piece): Edit & { text: string } {
  const text = added.join('\n');
  const total = lines.texts.length;
  if (toA < total) {
    return {
      from: lines.starts[fromA]!,
      to: lines.starts[toA]!,
      insert: '',
      text: added.length > 0 ? `${text}\n` : '',
    };
  }
  if (fromA === 0) return { from: lines.region.from, to: lines.region.to, insert: '', text };
  return {
    from: endOfLine(lines, fromA - 1),
    to: lines.region.to,
    insert: '',
    text: added.length > 0 ? `\n${text}` : '',
  };
}
