// Reads the ledger back, the part that was put aside included.

import { readFile } from 'node:fs/promises';
import { type Amendment, type LedgerEntry, parseLine, type Reaction } from './entry.ts';
import { olderPath } from './ledger.ts';

export interface LedgerContent {
  /** In the order in which they ended; `reaction` is what the user did last. */
  readonly entries: readonly LedgerEntry[];
  /** Lines that can't be read: torn by a process that died, or not ours. */
  readonly skipped: number;
}

/** Empty if there is no ledger yet. */
export async function readLedger(file: string): Promise<LedgerContent> {
  const texts = await Promise.all([olderPath(file), file].map(readIfThere));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  const parsed = lines.map(parseLine);
  const known = parsed.filter((line) => line !== undefined);
  return { entries: amended(known), skipped: parsed.length - known.length };
}

function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** Joins each edit with the last thing said of it; that may come before the edit's own line, if the user was faster than its end. */
function amended(lines: readonly (LedgerEntry | Amendment)[]): LedgerEntry[] {
  const keyOf = ({ run, editId }: LedgerEntry | Amendment): string => `${run} ${editId}`;
  const reactions = new Map<string, Reaction>();
  for (const line of lines) if (line.reaction !== undefined) reactions.set(keyOf(line), line.reaction);
  const entries = lines.filter((line): line is LedgerEntry => 'outcome' in line);
  return entries.map((entry) => {
    const reaction = reactions.get(keyOf(entry));
    return reaction === undefined ? entry : { ...entry, reaction };
  });
}
