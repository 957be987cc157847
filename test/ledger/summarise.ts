// The summary of entries that are at hand; `readSummary` makes that of a file.

import type { LedgerEntry } from '../../server/ledger/entry.ts';
import { type Summary, Tally } from '../../server/ledger/tally.ts';

export function summariseLedger(entries: readonly LedgerEntry[]): Summary {
  const tally = new Tally();
  for (const entry of entries) tally.add(entry);
  return tally.summary;
}
