// The `rewrite` format: the answer is the whole new text of the scope.

import type { Edit } from '../text/edit.ts';
import { Aligner, type Piece } from './aligner.ts';
import { type BaseLines, baseLines, withoutOuterBreaks } from './base-lines.ts';
import type { Format, Read } from './format.ts';
import { piecesToEdits } from './piece-edits.ts';
import { Unwrap, type Unwrapped } from './unwrap.ts';

export function createRewrite(base: string, eol: string): Format {
  const unwrap = new Unwrap(base);
  const lines: BaseLines = baseLines(base, withoutOuterBreaks(base));
  const aligner = new Aligner(lines);
  let empty = true;

  const toEdits = (pieces: readonly Piece[]): Edit[] =>
    pieces.flatMap((piece) => piecesToEdits(base, lines, piece, eol));
  const read = ({ lines: code, rejected }: Unwrapped): Read => {
    if (code.length > 0) empty = false;
    return { edits: code.flatMap((line) => toEdits(aligner.push(line))), ...(rejected && { rejected }) };
  };
  return {
    push: (line) => read(unwrap.push(line)),
    finish() {
      const last = read(unwrap.finish());
      if (last.rejected) return last;
      if (empty) return { edits: [], rejected: 'the answer is empty' };
      return { edits: [...last.edits, ...toEdits(aligner.finish())] };
    },
    get waiting() {
      return aligner.waiting;
    },
  };
}
