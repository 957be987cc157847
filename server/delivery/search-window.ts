// The part of two texts in which misplaced edits are searched for: the search is quadratic, and texts are long.

import { lineOf, lineStartsOf, type Position } from '../documents/snapshot.ts';
import { trimCommon } from '../text/diff.ts';
import { applyEdits } from '../text/edit.ts';
import { placeSentEdits, type SentEdit } from './sent-edit.ts';

/** Lines below the last position that was sent which belong to it: it may mean them where the user has deleted lines above. */
const linesBelow = 60;

/** What an editor was sent, and the texts that it reported before and after. */
export interface SearchInput {
  /** The last text that it reported. */
  readonly previous: string;
  readonly next: string;
  /** Sorted. */
  readonly sent: readonly SentEdit[];
  /** `previous` with the edits where they belong by then: it may be newer than the text that they were sent for. */
  readonly right: string;
}

/** The texts without their equal beginnings and ends, as far as no position of the edits is there. `sent` is by lines of the window. */
export interface SearchWindow extends Omit<SearchInput, 'right'> {
  /** Whether the positions that were sent are not where the edits belong in `previous` either. */
  readonly isMoved: boolean;
  /** What is left out before and behind, the same in both texts. */
  readonly head: string;
  readonly tail: string;
  /** Text that is left out between the typing and the edits, and its offset in `next`. */
  readonly middle: { readonly at: number; readonly text: string } | undefined;
}

export function windowOf({ previous, next, sent, right }: SearchInput): SearchWindow {
  const starts = lineStartsOf(previous);
  const { from, toA } = trimCommon(previous, next);
  const firstLine = Math.min(lineOf(starts, from), sent[0]!.start.line, starts.length - 1);
  const start = starts[firstLine]!;
  const lastLine = Math.max(lineOf(starts, toA), sent.at(-1)!.end.line) + linesBelow;
  const end = starts[lastLine + 1] ?? previous.length;
  const up = ({ line, character }: Position) => ({ line: line - firstLine, character });
  return withoutMiddle({
    head: previous.slice(0, start),
    tail: previous.slice(end),
    previous: previous.slice(start, end),
    next: next.slice(start, next.length - (previous.length - end)),
    sent: sent.map((edit) => ({ ...edit, start: up(edit.start), end: up(edit.end) })),
    middle: undefined,
    isMoved: applyEdits(previous, placeSentEdits(previous, sent) ?? []) !== right,
  });
}

/** Without most of the unchanged text between the typing and the edits behind it, where that is long. */
function withoutMiddle(window: SearchWindow): SearchWindow {
  const { previous, next, sent } = window;
  const starts = lineStartsOf(previous);
  const first = lineOf(starts, trimCommon(previous, next).from) + linesBelow;
  const last = Math.min(sent[0]!.start.line - linesBelow, starts.length - 1);
  if (last - first < linesBelow) return window;
  const [from, to] = [starts[first]!, starts[last]!];
  const text = previous.slice(from, to);
  const at = next.indexOf(text);
  if (at < 0 || next.indexOf(text, at + 1) >= 0) return window;
  const up = ({ line, character }: Position) => ({ line: line - (last - first), character });
  return {
    ...window,
    previous: previous.slice(0, from) + previous.slice(to),
    next: next.slice(0, at) + next.slice(at + text.length),
    sent: sent.map((edit) => ({ ...edit, start: up(edit.start), end: up(edit.end) })),
    middle: { at, text },
  };
}
