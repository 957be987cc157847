// A candidate alignment of pending lines with the base, until the gate has released it.

import type { Replacement } from './replacement.ts';

/** The first `count` pending lines stand for the base from the first line that is not accounted for up to `reached`. */
export interface Plan {
  readonly count: number;
  /** How far they reach in the base: to the start of a line, or to an offset, which may lie inside a line. */
  readonly reached: { readonly line: number } | { readonly offset: number };
  readonly replacements: readonly Replacement[];
  /** Carried out even if the gate does not let it pass yet (it then waits there): so much is pending that the work for each line would grow. */
  readonly isFinal?: true;
}
