// The least that an edit is recorded with.
import type { NewEntry } from '../../server/ledger/entry.ts';

export const sample: Omit<NewEntry, 'editId'> = {
  lane: 'fast',
  model: 'm',
  totalMs: 100,
  hunks: 1,
  rebases: 0,
  outcome: 'completed',
};
