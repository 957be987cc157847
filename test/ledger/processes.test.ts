// Several editors write to one ledger, and some of them die.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LedgerEntry } from '../../server/ledger/entry.ts';
import { generationPath } from '../../server/ledger/generations.ts';
import { olderPath } from '../../server/ledger/ledger.ts';
import { readLedger } from '../../server/ledger/read-entries.ts';

const large = 1e9;
/** A hundred in the long run. */
const deaths = process.env.QUICKHAND_LONG ? 100 : 30;
let folder: string;
let script: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  script = join(folder, 'writer.mjs');
  const entry = fileURLToPath(new URL('writer.ts', import.meta.url));
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: script });
});
afterAll(() => rm(folder, { recursive: true }));

const start = (file: string, count: number, maxBytes: number): ChildProcess =>
  spawn(process.execPath, [script, file, String(count), String(maxBytes)], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Kills the process as soon as it has told of `edits`; resolves with the last number that it told of. */
async function killAfter(child: ChildProcess, edits: number): Promise<number> {
  let told = 0;
  for await (const line of createInterface({ input: child.stdout! })) {
    told = Number(line);
    if (told >= edits) child.kill('SIGKILL');
  }
  return told;
}

/** How many edits each process is known by. */
function countByProcess(entries: readonly LedgerEntry[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { model } of entries)
    counts.set(Number.parseInt(model, 10), (counts.get(Number.parseInt(model, 10)) ?? 0) + 1);
  return counts;
}

it(`${deaths} processes killed while they write cost no edit that was in the file`, async () => {
  const file = join(folder, 'killed.jsonl');
  const told = new Map<number, number>();
  const lane = async (first: number) => {
    for (let i = first; i < deaths; i += 4) {
      const child = start(file, 100_000, large);
      told.set(child.pid!, await killAfter(child, 1 + (i % 7) * 3));
    }
  };
  await Promise.all([0, 1, 2, 3].map(lane));
  const { entries, skipped } = await readLedger(file);
  const found = countByProcess(entries);
  expect(told.size).toBe(deaths);
  for (const [pid, edits] of told) expect(found.get(pid)).toBeGreaterThanOrEqual(edits);
  // A line may be torn by each death, and by nothing else.
  expect(skipped).toBeLessThanOrEqual(deaths);
});

it('four processes at once lose nothing and mix nothing', async () => {
  const file = join(folder, 'several.jsonl');
  const children = Array.from({ length: 4 }, () => start(file, 250, large));
  await Promise.all(children.map((child) => once(child, 'exit')));
  const { entries, skipped } = await readLedger(file);
  expect([entries.length, skipped]).toEqual([1000, 0]);
  expect([...countByProcess(entries).values()]).toEqual([250, 250, 250, 250]);
});

it('four processes that fill it at once put it aside once', async () => {
  const file = join(folder, 'full.jsonl');
  const children = Array.from({ length: 4 }, () => start(file, 250, 150_000));
  await Promise.all(children.map((child) => once(child, 'exit')));
  const { entries, skipped } = await readLedger(file);
  expect([entries.length, skipped]).toEqual([1000, 0]);
  expect((await stat(olderPath(file))).size).toBeGreaterThan(150_000);
  expect((await readFile(file, 'utf8')).split('\n').length).toBeGreaterThan(100);
});

/** The edits of each process that are there, in the order in which they lie in the files. */
function editsByProcess(entries: readonly LedgerEntry[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { model, totalMs } of entries) {
    const pid = Number.parseInt(model, 10);
    found.set(pid, [...(found.get(pid) ?? []), totalMs]);
  }
  return found;
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

it('four processes that put it aside again and again lose nothing, and nothing is there twice', async () => {
  const file = join(folder, 'aside.jsonl');
  // Four times or so: all of it is still kept.
  const children = Array.from({ length: 4 }, () => start(file, 250, 45_000));
  const ended = Promise.all(children.map((child) => once(child, 'exit')));
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  let seen = 0;
  while (!isOver) {
    // Read while it is written and put aside: never a line twice or torn, and never fewer than before.
    const { entries, skipped } = await readLedger(file);
    for (const edits of editsByProcess(entries).values()) expect(edits).toEqual(from(1, edits.length));
    expect(skipped).toBeLessThanOrEqual(1);
    expect(entries.length).toBeGreaterThanOrEqual(seen);
    seen = entries.length;
  }
  await ended;
  const { entries, skipped } = await readLedger(file);
  expect([entries.length, skipped]).toEqual([1000, 0]);
  expect([...editsByProcess(entries).values()]).toEqual([1, 2, 3, 4].map(() => from(1, 250)));
  expect((await stat(generationPath(file, 3))).size).toBeGreaterThan(45_000);
});

it('where files go because there are too many, the newest edits of each process are there without a gap', async () => {
  const file = join(folder, 'forgotten.jsonl');
  const children = Array.from({ length: 4 }, () => start(file, 400, 4000));
  await Promise.all(children.map((child) => once(child, 'exit')));
  const { entries, skipped } = await readLedger(file);
  expect(skipped).toBe(0);
  for (const edits of editsByProcess(entries).values()) expect(edits).toEqual(from(edits[0]!, 400));
  expect(entries.length).toBeLessThan(400);
});
