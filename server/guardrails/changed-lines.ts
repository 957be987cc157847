// Compares the lines before and after a change: which are new, and how many have changed.

import type { Edit } from '../text/edit.ts';

/** Any line end, for reading. */
const lineEnd = /\r\n|\n|\r/;

export function splitForCompare(text: string): string[] {
  return text.split(lineEnd);
}

/** The lines of a base text, trimmed: a line among them is not new, wherever it stands and however it is indented. */
export type KnownLines = ReadonlySet<string>;

export function knownLines(base: string): KnownLines {
  return new Set(splitForCompare(base).map((line) => line.trim()));
}

/** The lines of `after` that are nowhere in the base, trimmed; blank ones left out. */
export function newLines(known: KnownLines, after: string): string[] {
  return splitForCompare(after)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !known.has(line));
}

/** The span of the whole lines of `base` that `from`..`to` touches, the last one's line end included. UTF-16 offsets, half-open. */
export function wholeLines(base: string, from: number, to: number): { from: number; to: number } {
  const end = base.indexOf('\n', to);
  return { from: from === 0 ? 0 : base.lastIndexOf('\n', from - 1) + 1, to: end < 0 ? base.length : end + 1 };
}

/** Counts changed lines as a person would: a line once, however many edits touch it, and of removed and inserted lines the larger number. */
export class ChangedLines {
  readonly #base: string;
  /** Where the line begins that the last edit ended inside of (-1: none): a further edit in it does not count it again. */
  #openLine = -1;
  #last = 0;
  count = 0;

  constructor(base: string) {
    this.#base = base;
  }

  /** `edit` is in UTF-16 offsets of the base. One that stands before the one added last is counted by itself, even in a line that has been counted. */
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

/** How many lines a part of a text amounts to: a line break at its edge belongs to a whole line, and does not begin one more. */
function linesIn(part: string): number {
  if (part === '') return 0;
  const breaks = part.split('\n').length - 1;
  const isWhole = part.endsWith('\n') || /^\r?\n/.test(part);
  return Math.max(1, isWhole ? breaks : breaks + 1);
}
