// The shape that the readers of the answer formats share: lines in, edits of the base out.

import type { Plan } from './plan.ts';
import type { Stretch } from './stretch.ts';

/** What lines brought: stretches whose place is final, or why this answer can't become an edit. */
export interface Read {
  readonly stretches: readonly Stretch[];
  readonly rejected?: string;
}

/** One answer, line by line, without line ends and without directives. Stretches never overlap earlier ones. */
export interface Format {
  push(line: string): Read;
  finish(): Read;
  /**
   * What lines that wait could be taken for now, if anything, when `partial` has come of the line behind them. Each call goes on to the next
   * thing to consider: it is to be called until there is none.
   */
  consider(partial: string): { readonly plan?: Plan } | undefined;
  /** A plan was carried out. */
  accept(plan: Plan): void;
  /** UTF-16 units of new text whose place is not certain yet. */
  readonly waiting: number;
}
