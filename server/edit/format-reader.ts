// The shape that the readers of the two answer formats share: lines of an answer in, replacements in the base out.

import type { Plan } from './plan.ts';
import type { Replacement } from './replacement.ts';

/** The reason for rejecting an answer without a line of code. */
export const isEmpty = 'the answer is empty';

/** The result of reading a line: replacements whose place is final, or why this answer can't become an edit. */
export interface FormatOutput {
  readonly replacements: readonly Replacement[];
  readonly rejected?: string;
  /** All that came before this line was no code: nothing of it may be released. */
  readonly restart?: true;
}

/** Reads one answer line by line, without line ends and without answer tags. Replacements never overlap earlier ones. */
export interface FormatReader {
  push(line: string): FormatOutput;
  finish(): FormatOutput;
  /**
   * Considers the pending lines (those whose place in the base is not decided), when `partial` has come of the line behind them. Returns a plan for the
   * first of them, if there is a good one. Each call goes on to the next thing to consider: call it until it returns undefined.
   */
  nextPlan(partial: string): { readonly plan?: Plan } | undefined;
  /** The plan was carried out: its lines are no longer pending. */
  accept(plan: Plan): void;
  /** UTF-16 units of new text whose place is not decided yet. */
  readonly pendingUnits: number;
  /** What was put right of the answer so far, as nouns for people. */
  readonly putRight: readonly string[];
  /** Import statements that the answer has in front of its code; known at the end. Absent: there are none. */
  readonly imports?: readonly string[];
}
