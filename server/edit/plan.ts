// What some of the waiting lines could be taken for, until they are released.

import type { Stretch } from './stretch.ts';

/** The first `count` waiting lines, and what they would become. */
export interface Plan {
  readonly count: number;
  /** How far they reach in the base: the line behind them, or an offset, which may lie inside a line. */
  readonly reached: { readonly line: number } | { readonly offset: number };
  readonly stretches: readonly Stretch[];
  /** So much waits that this is settled even if it can't be released yet. */
  readonly isFinal?: true;
}
