// Where an editor makes edits that it got by line and character, whatever its buffer holds.

import { lineStartsOf, type Position } from '../documents/snapshot.ts';
import type { Edit } from '../text/edit.ts';

/** An edit as the editor got it. */
export interface SentEdit {
  readonly start: Position;
  readonly end: Position;
  readonly insert: string;
}

/** Before its break. */
function endOfLine(text: string, starts: readonly number[], line: number): number {
  const next = starts[line + 1];
  return next === undefined ? text.length : next - (text.startsWith('\r\n', next - 2) ? 2 : 1);
}

/** Where an editor would make them in a text. What is past the end of a line means its end, or, if it `counts`, goes on behind that. */
export function placed(text: string, sent: readonly SentEdit[], counts = false): Edit[] | undefined {
  const starts = lineStartsOf(text);
  const offset = ({ line, character }: Position) => {
    const start = starts[line];
    if (start === undefined) return text.length;
    return Math.min(start + character, counts ? text.length : endOfLine(text, starts, line));
  };
  const edits = sent.map(({ start, end, insert }) => ({ from: offset(start), to: offset(end), insert }));
  const isSorted = edits.every(({ from, to }, i) => from <= to && (i === 0 || edits[i - 1]!.to <= from));
  return isSorted ? edits : undefined;
}
