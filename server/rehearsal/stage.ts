// What the faces of one rehearsal server share.

import type { Answerer } from './script.ts';

export interface Stage {
  readonly answerer: Answerer;
  /** Tokens per second. */
  readonly rate: number;
  /** A new number for the ids of a response. */
  nextNumber(): number;
}
