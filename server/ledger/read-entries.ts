// Reads the ledger back, rotated files included, in bounded memory whatever their size.

import type { FileHandle } from 'node:fs/promises';
import { type BoundedLine, BoundedLineSplitter } from './bounded-lines.ts';
import { type Amendment, type LedgerEntry, parseLine, type Reaction } from './entry.ts';
import { openGenerations } from './generations.ts';
import { type CountedEntry, type Summary, Tally } from './tally.ts';

export interface LedgerContent {
  /** In the order in which they ended; `reaction` is the last one. */
  readonly entries: readonly LedgerEntry[];
  /** Lines that can't be read: torn by a process that died, or not lines of the ledger. */
  readonly skipped: number;
}

/** Bytes that are read at once. */
const chunkBytes = 1 << 17;

/** All entries: the one result here that grows with the ledger. Empty if there is none yet. */
export async function readLedger(file: string): Promise<LedgerContent> {
  const lines: (LedgerEntry | Amendment)[] = [];
  let skipped = 0;
  for await (const batch of recordsOf(file)) {
    for (const record of batch) {
      if (record) lines.push(record);
      else skipped++;
    }
  }
  return { entries: amended(lines), skipped };
}

export interface LedgerSummary {
  readonly summary: Summary;
  /** As in {@link LedgerContent}. */
  readonly skipped: number;
}

/** The summary of all entries. Rejects with the signal's reason if that is aborted. */
export async function readSummary(file: string, signal?: AbortSignal): Promise<LedgerSummary> {
  const join = new ReactionJoin();
  let skipped = 0;
  for await (const batch of recordsOf(file)) {
    signal?.throwIfAborted();
    for (const record of batch) {
      if (record) join.add(record);
      else skipped++;
    }
  }
  return { summary: join.tally.summary, skipped };
}

const keyOf = ({ run, editId }: LedgerEntry | Amendment): string => `${run} ${editId}`;

/** A later line can refer to at least this many of the last edits, and to at most twice as many. */
const minRemembered = 25_000;

/** Counts entries with their reactions, which come after the line of their edit, or before it if the user was faster than its end. */
export class ReactionJoin {
  readonly tally = new Tally();
  /** The last edits, and those before them, which are dropped together: deleting the oldest of a Map one by one takes longer with each one. */
  #recent = new Map<string, CountedEntry | Reaction>();
  #older = new Map<string, CountedEntry | Reaction>();

  add(record: LedgerEntry | Amendment): void {
    const key = keyOf(record);
    const known = this.#recent.get(key) ?? this.#older.get(key);
    const counted = 'outcome' in record ? this.tally.add(record) : typeof known === 'object' ? known : undefined;
    const reaction = record.reaction ?? (typeof known === 'string' ? known : undefined);
    if (counted && reaction !== undefined) this.tally.react(counted, reaction);
    const remembered = counted ?? reaction;
    if (remembered !== undefined) this.#recent.set(key, remembered);
    if (this.#recent.size < minRemembered) return;
    this.#older = this.#recent;
    this.#recent = new Map();
  }
}

/** The record of each line, undefined where that can't be read; in the order of the lines, in batches. */
async function* recordsOf(file: string): AsyncGenerator<(LedgerEntry | Amendment | undefined)[]> {
  const files = await openGenerations(file);
  try {
    for (const one of files) for await (const lines of linesOf(one)) yield lines.map(recordOf);
  } finally {
    await Promise.all(files.map((one) => one.close()));
  }
}

const recordOf = (line: BoundedLine): LedgerEntry | Amendment | undefined =>
  line === undefined ? line : parseLine(line);

async function* linesOf(file: FileHandle): AsyncGenerator<BoundedLine[]> {
  const cutter = new BoundedLineSplitter();
  const room = Buffer.allocUnsafe(chunkBytes);
  for (;;) {
    const { bytesRead } = await file.read(room, 0, room.length);
    if (bytesRead === 0) break;
    yield cutter.push(room.subarray(0, bytesRead));
  }
  yield cutter.finish();
}

/** Each entry with its last reaction. */
function amended(lines: readonly (LedgerEntry | Amendment)[]): LedgerEntry[] {
  const reactions = new Map<string, Reaction>();
  for (const line of lines) if (line.reaction !== undefined) reactions.set(keyOf(line), line.reaction);
  const entries = lines.filter((line): line is LedgerEntry => 'outcome' in line);
  return entries.map((entry) => {
    const reaction = reactions.get(keyOf(entry));
    return reaction === undefined ? entry : { ...entry, reaction };
  });
}
