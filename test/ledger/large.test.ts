// A ledger of any size is read in bounded memory, and says the same as if it had been read as a whole.

import { mkdtemp, open, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BoundedLineSplitter } from '../../server/ledger/bounded-lines.ts';
import type { LedgerEntry } from '../../server/ledger/entry.ts';
import { generationPath, keptGenerations, rotate } from '../../server/ledger/generations.ts';
import { Ledger } from '../../server/ledger/ledger.ts';
import { ReactionJoin, readLedger, readSummary } from '../../server/ledger/read-entries.ts';
import { Distribution } from '../../server/ledger/spread.ts';
import { otherModels, Tally } from '../../server/ledger/tally.ts';
import { sample } from './sample.ts';
import { summariseLedger } from './summarise.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  file = join(folder, 'edits.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const entry = (i: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: '2026-01-01T00:00:00.000Z',
  run: 'r',
  editId: `edit-${i}`,
  ...sample,
  ...more,
});

describe('lines', () => {
  const text = 'one\n\ntwo with é and 🙂\n{"a":1}\nwithout an end';

  it('are the same in any pieces', () => {
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const cutter = new BoundedLineSplitter();
      const lines: unknown[] = [];
      // The same room again and again, as the reader does it.
      const room = Buffer.alloc(size);
      for (let at = 0; at < bytes.length; at += size) {
        const count = bytes.copy(room, 0, at, at + size);
        lines.push(...cutter.push(room.subarray(0, count)));
      }
      expect([...lines, ...cutter.finish()]).toEqual(text.split('\n').filter(Boolean));
    }
  });

  it('a line that has no end is not kept, and is one line', () => {
    const cutter = new BoundedLineSplitter();
    const piece = Buffer.alloc(1 << 20, 'x');
    for (let i = 0; i < 200; i++) expect(cutter.push(piece)).toEqual([]);
    expect(cutter.push(Buffer.from('\nnext\n'))).toEqual([undefined, 'next']);
  });
});

describe('a distribution', () => {
  it('is exact for as many values as anybody has, and within 1 % for any number, always by a value that was there', () => {
    const values = Array.from({ length: 30_000 }, (_, i) => 1 + ((i * 7919) % 30_011) / 7);
    for (const count of [1, 2, 1999, 30_000]) {
      const some = values.slice(0, count);
      const distribution = new Distribution();
      for (const value of some) distribution.add(value);
      const sorted = [...some].sort((a, b) => a - b);
      const { median, p90, count: counted } = distribution.spread!;
      expect(counted).toBe(count);
      const exact = [0.5, 0.9].map((share) => sorted[Math.ceil(share * count) - 1]!);
      for (const [i, value] of [median, p90].entries()) {
        expect(some).toContain(value);
        expect(Math.abs(value / exact[i]! - 1)).toBeLessThanOrEqual(count < 2000 ? 0 : 0.01);
      }
    }
  });

  it('takes zero, less and more than any time', () => {
    const distribution = new Distribution(2);
    for (const value of [0, -5, 1e300, 1, 2, 3, undefined]) distribution.add(value);
    expect(distribution.spread?.count).toBe(6);
  });
});

it('models and days beyond any number are counted, and not kept apart', () => {
  const tally = new Tally();
  for (let i = 0; i < 3000; i++) {
    const at = new Date(Date.UTC(2020, 0, 1 + i)).toISOString();
    tally.add(entry(i, { model: `m${i}`, at, firstHunkMs: i }));
  }
  const { edits, all, models, days } = tally.summary;
  expect([edits, all.edits, models.length, days.length]).toEqual([3000, 3000, 51, 1000]);
  expect(models[0]).toMatchObject({ model: otherModels, edits: 2950 });
  expect(days.at(-1)?.day).toBe(new Date(Date.UTC(2020, 0, 3000)).toISOString().slice(0, 10));
});

it('a summary is that of the edits themselves, with all that was said of them before and after', async () => {
  const lines: object[] = [];
  for (let i = 0; i < 3000; i++) {
    const { at, run, editId } = entry(i);
    if (i % 7 === 0) lines.push({ at, run, editId, reaction: 'kept' });
    lines.push(entry(i, { model: `m${i % 3}`, ttftMs: i % 500, outcome: i % 11 === 0 ? 'failed' : 'completed' }));
    if (i % 5 === 0) lines.push({ at, run, editId: `edit-${i - (i % 50)}`, reaction: 'reverted' });
    if (i % 13 === 0) lines.push({ at, run, editId, reaction: 'steered' });
  }
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeFile(generationPath(file, 2), text.slice(0, text.length / 3 + 7));
  await writeFile(generationPath(file, 1), `{"torn`);
  await writeFile(file, `${text.slice(text.length / 3 + 7)}${'x'.repeat(100_000)}\nnonsense\n`);
  const { entries, skipped } = await readLedger(file);
  const summed = await readSummary(file);
  expect(summed).toEqual({ summary: summariseLedger(entries), skipped });
  // Where the text was cut both halves are unreadable, as are the torn, the long and the senseless line.
  expect(skipped).toBeGreaterThanOrEqual(3);
  expect(entries.length).toBeGreaterThanOrEqual(2999);
});

it('what was said of an edit is known for long enough, and then forgotten', () => {
  const join = new ReactionJoin();
  const { at, run } = entry(0);
  join.add(entry(0));
  for (let i = 1; i < 25_000; i++) join.add(entry(i));
  join.add({ at, run, editId: 'edit-0', reaction: 'kept' });
  expect(join.tally.summary.all.reactions.kept).toBe(1);
  for (let i = 25_000; i < 80_000; i++) join.add(entry(i));
  join.add({ at, run, editId: 'edit-1', reaction: 'kept' });
  expect(join.tally.summary.all).toMatchObject({ edits: 80_000, reactions: { kept: 1 } });
});

it('reading it can be interrupted', async () => {
  await writeFile(file, `${JSON.stringify(entry(1))}\n`);
  await expect(readSummary(file, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  expect((await readSummary(file)).summary.edits).toBe(1);
});

describe('putting it aside', () => {
  /** The file itself is not there right after it was put aside. */
  const others = async () => (await readdir(folder)).filter((name) => name !== 'edits.jsonl').sort();
  const record = async (count: number, maxBytes: number) => {
    const ledger = new Ledger({ file, maxBytes });
    for (let i = 0; i < count; i++) ledger.record({ ...sample, editId: `edit-${i}` });
    await ledger.flush();
  };

  it('keeps five, in order, and nothing else', async () => {
    await record(200, 1000);
    expect(await others()).toEqual([1, 2, 3, 4, 5].map((n) => `edits.${n}.jsonl`));
    const { entries, skipped } = await readLedger(file);
    const ids = entries.map(({ editId }) => Number(editId.slice('edit-'.length)));
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, i) => 200 - ids.length + i));
    expect([ids.length > 20, skipped]).toEqual([true, 0]);
    for (let n = 1; n <= keptGenerations; n++) expect((await stat(generationPath(file, n))).size).toBeLessThan(1500);
  });

  it('the file of one generation that was there before is the newest of them', async () => {
    await writeFile(generationPath(file, 1), `${JSON.stringify(entry(-1))}\n`);
    await record(8, 1000);
    expect((await readLedger(file)).entries[0]?.editId).toBe('edit--1');
    expect((await stat(generationPath(file, 2))).isFile()).toBe(true);
  });

  it('what is written to a file that is put aside meanwhile is in it', async () => {
    await record(5, 1e6);
    const held = await open(file, 'a');
    rotate(file, 10);
    await held.write(`${JSON.stringify(entry(5))}\n`);
    await held.close();
    await record(1, 1e6);
    expect((await readLedger(file)).entries).toHaveLength(7);
  });

  it('waits for who is at it, but not for who died at it', async () => {
    const lock = `${file}.lock`;
    await writeFile(lock, '');
    await record(20, 1000);
    expect(await others()).toEqual(['edits.jsonl.lock']);
    await utimes(lock, new Date(0), new Date(0));
    await record(2, 1000);
    expect(await others()).toEqual(['edits.1.jsonl']);
    expect((await readLedger(file)).entries).toHaveLength(22);
  });
});
