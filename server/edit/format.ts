// The shape that the readers of the answer formats share: lines in, edits of the base out.

import type { Unit } from './piece-edits.ts';

/** What lines brought: units of edits whose place is certain, or why this answer can't become an edit. */
export interface Read {
  readonly units: readonly Unit[];
  readonly rejected?: string;
}

/** One answer, line by line, without line ends and without directives. Edits never overlap earlier ones. */
export interface Format {
  push(line: string): Read;
  finish(): Read;
  /** UTF-16 units of new text whose place is not certain yet. */
  readonly waiting: number;
}
