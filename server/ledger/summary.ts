// What the ledger says of edits that are at hand: how fast and how good each model was, and whether it gets better.

import type { LedgerEntry } from './entry.ts';
import { type Summary, Tally } from './tally.ts';

export { type Spread, spreadOf } from './spread.ts';
export type { Day, ModelSummary, Summary } from './tally.ts';

/** Of edits that are at hand; `readSummary` counts those of a file. */
export function summarise(entries: readonly LedgerEntry[]): Summary {
  const tally = new Tally();
  for (const entry of entries) tally.add(entry);
  return tally.summary;
}
