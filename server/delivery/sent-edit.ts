// Edits as the editor gets them, by line and character, and where it applies them: in whatever text its buffer holds by then.

import { lineStartsOf, type Position, rangeOf, type Snapshot } from '../documents/snapshot.ts';
import { trimCommon } from '../text/diff.ts';
import type { Edit } from '../text/edit.ts';

/** An edit as the editor got it: positions in the text that it was made for, which need not be the one that it is applied to. */
export interface SentEdit {
  readonly start: Position;
  readonly end: Position;
  readonly insert: string;
}

/**
 * Edits that touch become one: editors disagree on the order of several insertions at one position. No unchanged text lies between them, but one may put
 * back what another deletes, so their common ends are cut off again.
 */
export function joinTouching(text: string, edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last?.to === edit.from)
      result[result.length - 1] = { from: last.from, to: edit.to, insert: last.insert + edit.insert };
    else result.push(edit);
  }
  // Several may come to nothing together.
  return result.map((edit) => trimmed(text, edit)).filter(({ from, to, insert }) => from !== to || insert !== '');
}

/** Without the units at its ends that it deletes and inserts again. */
function trimmed(text: string, { from, to, insert }: Edit): Edit {
  const stretch = trimCommon(text.slice(from, to), insert);
  return { from: from + stretch.from, to: from + stretch.toA, insert: insert.slice(stretch.from, stretch.toB) };
}

/** `edits` (offsets into the snapshot) as an editor gets them. */
export function toSentEdits(snapshot: Snapshot, edits: readonly Edit[]): SentEdit[] {
  return joinTouching(snapshot.text, edits).map((edit) => ({ ...rangeOf(snapshot, edit), insert: edit.insert }));
}

/** The offset of a line's end, before its break. */
function endOfLine(text: string, starts: readonly number[], line: number): number {
  const next = starts[line + 1];
  return next === undefined ? text.length : next - (text.startsWith('\r\n', next - 2) ? 2 : 1);
}

/**
 * Where an editor would apply them in a text. A character past the end of a line means its end, or, in an editor that `counts`, so much further on. Undefined
 * if they would overlap.
 */
export function placeSentEdits(text: string, sent: readonly SentEdit[], counts = false): Edit[] | undefined {
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
