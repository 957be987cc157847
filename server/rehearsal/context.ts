// Shared by the connections of one rehearsal server, over HTTP and over WebSockets.

import type { Clock } from '../clock.ts';
import type { Answerer } from './script.ts';

export interface RehearsalContext {
  readonly answerer: Answerer;
  /** Tokens per second. */
  readonly rate: number;
  /** What answers are paced by. */
  readonly clock: Clock;
  /** A new number for the ids of a response. */
  nextNumber(): number;
}
