// Lines of texts before and after a change: which are new, and how many have changed.

import type { Edit } from '../text/edit.ts';

/** Any line end, for reading. */
const lineEnd = /\r\n|\n|\r/;

export function linesOf(text: string): string[] {
  return text.split(lineEnd);
}

/** The lines of a base text, trimmed: what is among them is not new, wherever and however indented it comes back. */
export type KnownLines = ReadonlySet<string>;

export function knownLines(base: string): KnownLines {
  return new Set(linesOf(base).map((line) => line.trim()));
}

/** The lines of `after` that the base has nowhere, trimmed. */
export function newLines(known: KnownLines, after: string): string[] {
  return linesOf(after)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !known.has(line));
}

/** Half-open span of the whole lines of `base` that `from`..`to` touches, the last line's end included. UTF-16 offsets. */
export function wholeLines(base: string, from: number, to: number): { from: number; to: number } {
  const end = base.indexOf('\n', to);
  return { from: from === 0 ? 0 : base.lastIndexOf('\n', from - 1) + 1, to: end < 0 ? base.length : end + 1 };
}

/** Counts lines as a person would: a changed line once however many edits touch it, else the larger of lines gone and lines come. */
export class ChangedLines {
  readonly #base: string;
  /** Where the line begins that the last edit left half-way; a further edit in it is no further line. */
  #openLine = -1;
  #last = 0;
  count = 0;

  constructor(base: string) {
    this.#base = base;
  }

  /** `edit`, in offsets of the base. One that comes before the one added last counts by itself, whatever stands in its line. */
  add(edit: Edit): void {
    const removed = this.#base.slice(edit.from, edit.to);
    const lines = Math.max(linesIn(removed), linesIn(edit.insert));
    const isBehind = edit.from >= this.#last;
    const isSame =
      isBehind && this.#openLine >= 0 && this.#openLine === wholeLines(this.#base, edit.from, edit.from).from;
    this.count += isSame ? lines - 1 : lines;
    this.#last = edit.to;
    const closed = (removed === '' ? edit.insert : removed).endsWith('\n');
    this.#openLine = closed ? -1 : wholeLines(this.#base, edit.to, edit.to).from;
  }
}

/** Lines that a piece of text makes up: line breaks at its edge belong to a line that it adds, not to one more. */
function linesIn(piece: string): number {
  if (piece === '') return 0;
  const breaks = piece.split('\n').length - 1;
  const isWhole = piece.endsWith('\n') || /^\r?\n/.test(piece);
  return Math.max(1, isWhole ? breaks : breaks + 1);
}
