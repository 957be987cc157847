// The ledger as a user of `quickhand stats` sees it: what is kept, what is not, and what survives.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewEntry } from '../../server/ledger/entry.ts';
import { Ledger, ledgerPath, olderPath } from '../../server/ledger/ledger.ts';
import { readLedger } from '../../server/ledger/read-entries.ts';
import { sample } from './sample.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  file = join(folder, 'state', 'edits.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const edit = (editId: string, more: Partial<NewEntry> = {}): NewEntry => ({
  editId,
  ...sample,
  ...more,
});
const open = (more: object = {}) => new Ledger({ file, ...more });
const ids = async () => (await readLedger(file)).entries.map(({ editId }) => editId);

it('is empty before the first edit', async () => {
  expect(await readLedger(file)).toEqual({ entries: [], skipped: 0 });
});

it('keeps one line of JSON per edit, readable by the user alone', async () => {
  const ledger = open({ now: () => new Date('2024-05-06T07:08:09Z') });
  ledger.record(edit('edit-1', { ttftMs: 12, reused: true }));
  ledger.record(edit('edit-2'));
  await ledger.flush();
  const lines = (await readFile(file, 'utf8')).split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0]!)).toEqual({
    ...edit('edit-1', { ttftMs: 12, reused: true }),
    at: '2024-05-06T07:08:09.000Z',
    run: expect.any(String),
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('keeps no code and no prompt, whatever it is given', async () => {
  const ledger = open();
  const leak = {
    instruction: 'SECRET',
    prompt: 'SECRET',
    model: `SECRET${'x'.repeat(300)}`,
    hunks: ['SECRET'],
    provider: { key: 'SECRET' },
  };
  ledger.record({ ...edit('edit-1'), ...leak } as unknown as NewEntry);
  await ledger.flush();
  expect(await readFile(file, 'utf8')).not.toContain('SECRET');
});

describe('what the user does afterwards', () => {
  it('is joined to the edit, the last word counts', async () => {
    const ledger = open();
    ledger.amend('edit-2', 'steered');
    ledger.record(edit('edit-1'));
    ledger.record(edit('edit-2', { outcome: 'superseded' }));
    ledger.amend('edit-1', 'kept');
    ledger.amend('edit-1', 'reverted');
    ledger.amend('edit-9', 'kept');
    await ledger.flush();
    const { entries } = await readLedger(file);
    expect(entries.map(({ editId, reaction }) => [editId, reaction])).toEqual([
      ['edit-1', 'reverted'],
      ['edit-2', 'steered'],
    ]);
  });

  it('belongs to the edit of its own process', async () => {
    const [one, other] = [open(), open()];
    one.record(edit('edit-1', { model: 'a' }));
    other.record(edit('edit-1', { model: 'b' }));
    other.amend('edit-1', 'kept');
    await Promise.all([one.flush(), other.flush()]);
    const { entries } = await readLedger(file);
    expect(entries.find(({ model }) => model === 'a')!.reaction).toBeUndefined();
    expect(entries.find(({ model }) => model === 'b')!.reaction).toBe('kept');
  });
});

describe('a damaged file', () => {
  it('costs the torn line only, and says so', async () => {
    const ledger = open();
    ledger.record(edit('edit-1'));
    await ledger.flush();
    const whole = await readFile(file, 'utf8');
    for (const cut of [1, 10, whole.length - 1]) {
      await writeFile(file, whole + whole.slice(0, cut));
      const next = open();
      next.record(edit('edit-2'));
      await next.flush();
      const { entries, skipped } = await readLedger(file);
      // Cut just before its line break, the line is whole after all.
      const isWhole = cut === whole.length - 1;
      expect([entries.length, entries.at(-1)!.editId, skipped]).toEqual([isWhole ? 3 : 2, 'edit-2', isWhole ? 0 : 1]);
    }
  });

  it('may hold anything', async () => {
    const ledger = open();
    ledger.record(edit('edit-1'));
    await ledger.flush();
    const junk = [
      'null',
      '[]',
      '{}',
      '3',
      '{"editId":"x"}',
      'nonsense',
      '{"outcome":"completed"}',
      '\u0000',
      '{"__proto__":{"at":1}}',
    ];
    await writeFile(file, `${junk.join('\n')}\n${await readFile(file, 'utf8')}`);
    expect((await readLedger(file)).skipped).toBe(junk.length);
    expect(await ids()).toEqual(['edit-1']);
  });
});

it('is put aside when it is full, and both parts are read', async () => {
  const ledger = open({ maxBytes: 1000 });
  for (let i = 0; i < 12; i++) ledger.record(edit(`edit-${i}`));
  await ledger.flush();
  expect((await stat(file)).size).toBeLessThan(1500);
  expect((await stat(olderPath(file))).size).toBeGreaterThan(1000);
  expect((await ids()).at(-1)).toBe('edit-11');
});

it('tells once that it cannot write, and lets edits go on', async () => {
  await writeFile(join(folder, 'state'), 'a file in the way');
  const problems: string[] = [];
  const ledger = open({ onProblem: (message: string) => problems.push(message) });
  ledger.record(edit('edit-1'));
  ledger.record(edit('edit-2'));
  await ledger.flush();
  expect(problems).toEqual([expect.stringMatching(/^the ledger can't be written: /)]);
});

it('lies where XDG says', () => {
  expect(ledgerPath({ XDG_STATE_HOME: '/s' })).toBe('/s/quickhand/edits.jsonl');
  expect(ledgerPath({ XDG_STATE_HOME: 'relative', HOME: '/h' })).toBe('/h/.local/state/quickhand/edits.jsonl');
});
