// The shape that the readers of the answer formats share: lines in, edits of the base out.

import type { Offer } from './overdue.ts';
import type { Stretch } from './stretch.ts';

/** What lines brought: stretches whose place is certain, or why this answer can't become an edit. */
export interface Read {
  readonly stretches: readonly Stretch[];
  readonly rejected?: string;
}

/** One answer, line by line, without line ends and without directives. Stretches never overlap earlier ones. */
export interface Format {
  push(line: string): Read;
  finish(): Read;
  /** What could be said of the next lines that have waited long enough; `partial`: units of the next line that have come. */
  overdue(partial: number): Offer | undefined;
  accept(offer: Offer): void;
  /** UTF-16 units of new text whose place is not certain yet. */
  readonly waiting: number;
}
