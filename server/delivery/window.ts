// The part of two texts in which something of ours may be in the wrong place.

import { lineOf, lineStartsOf, type Position } from '../documents/snapshot.ts';
import { trim } from '../text/diff.ts';
import { applyEdits } from '../text/edit.ts';
import { placed, type SentEdit } from './placing.ts';

/** Lines below the last place that may be meant where the user has taken out lines above. */
const linesBelow = 60;

/** What an editor was sent for a text, and what it told of before and after. */
export interface Sighting {
  /** The last text that it told of. */
  readonly previous: string;
  readonly next: string;
  /** Sorted; what it was asked to make, by line and character. */
  readonly sent: readonly SentEdit[];
  /** `previous` with the edits where they belong: it may have been told of a change since they were sent. */
  readonly right: string;
}

/** What lies between what is the same in both texts and holds no place of the edits. */
export interface Window extends Omit<Sighting, 'right'> {
  /** Where the edits were sent to is not where they belong in the last text already. */
  readonly isMoved: boolean;
  readonly head: string;
  readonly tail: string;
  /** Text that is left out between the typing and the edits, and where it stands in `next`. */
  readonly middle: { readonly at: number; readonly text: string } | undefined;
}

/** With `sent` by lines of the window. */
export function windowOf({ previous, next, sent, right }: Sighting): Window {
  const starts = lineStartsOf(previous);
  const { from, toA } = trim(previous, next);
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
    isMoved: applyEdits(previous, placed(previous, sent) ?? []) !== right,
  });
}

/** Without most of what lies unchanged between the typing and the edits behind it, where that is much. */
function withoutMiddle(window: Window): Window {
  const { previous, next, sent } = window;
  const starts = lineStartsOf(previous);
  const first = lineOf(starts, trim(previous, next).from) + linesBelow;
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
