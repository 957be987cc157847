// `quickhand stats`: what somebody sees of the edits that the server recorded.

import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../server/ledger/entry.ts';
import { Ledger } from '../../server/ledger/ledger.ts';
import { sample } from '../ledger/sample.ts';
import { type Folder, inFolder } from './run.ts';

const ledgerIn = (folder: string) => join(folder, '.state', 'quickhand', 'edits.jsonl');

/** A folder whose ledger has edits of two models, on two days, and what a user then did. */
const withEdits = (scenario: (folder: Folder) => Promise<void>) =>
  inFolder(async (folder) => {
    let at = new Date('2026-03-01T10:00:00Z');
    const ledger = new Ledger({ file: ledgerIn(folder.path), now: () => at });
    const edit = (editId: string, more: Partial<LedgerEntry>) => ledger.record({ ...sample, editId, ...more });
    edit('edit-1', { model: 'swift', ttftMs: 100, firstHunkMs: 150, charsChanged: 30, charsLeast: 20 });
    edit('edit-2', { model: 'swift', ttftMs: 300, firstHunkMs: 450, outcome: 'superseded' });
    edit('edit-3', { model: 'swift', ttftMs: 200, firstHunkMs: 250, interruptedToFirstHunkMs: 250 });
    ledger.amend('edit-1', 'kept');
    ledger.amend('edit-2', 'steered');
    await ledger.flush();
    at = new Date('2026-03-02T10:00:00Z');
    edit('edit-4', { model: 'slow', firstHunkMs: 900 });
    edit('edit-5', { model: 'slow', outcome: 'failed' });
    ledger.amend('edit-4', 'reverted');
    await ledger.flush();
    await scenario(folder);
  });

describe.concurrent('with nothing recorded', () => {
  test('it says so and what to do; exit 0', () =>
    inFolder(async ({ run, path }) => {
      const { status, stdout, stderr } = await run(['stats'], { asProgram: true });
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Nothing is recorded yet in ${ledgerIn(path)}`);
      expect(stdout).toContain('quickhand edit');
    }));

  test('--html writes no page, and says why', () =>
    inFolder(async ({ run, path }) => {
      const { status, stdout } = await run(['stats', '--html', 'page.html']);
      expect(status).toBe(0);
      expect(stdout).toContain('Nothing is recorded yet');
      await expect(readFile(join(path, 'page.html'))).rejects.toThrow(/ENOENT/);
    }));

  test('--json: zeros', () =>
    inFolder(async ({ run }) => {
      const { status, stdout } = await run(['stats', '--json']);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ edits: 0, skipped: 0, models: [], days: [] });
    }));
});

describe.concurrent('with edits', () => {
  test('a table that fits a terminal: a column for each model, a line for each day', () =>
    withEdits(async ({ run }) => {
      const { status, stdout, stderr } = await run(['stats']);
      expect([status, stderr]).toEqual([0, '']);
      const row = (title: string) => new RegExp(`^${title}  .*$`, 'm').exec(stdout)?.[0].trim().split(/ {2,}/).slice(1);
      expect(row('model')).toEqual(['swift', 'slow', 'all']);
      expect(row('edits')).toEqual(['3', '2', '5']);
      expect(row('first token')).toEqual(['200 ms/300 ms', '-', '200 ms/300 ms']);
      expect(row('first hunk')).toEqual(['250 ms/450 ms', '900 ms/900 ms', '250 ms/900 ms']);
      expect(row('touched/least')?.[0]).toBe('1.50/1.50');
      expect(row('one loop')).toEqual(['67 %', '0 %', '40 %']);
      expect(row('kept')).toEqual(['1', '0', '1']);
      expect(row('reverted')).toEqual(['0', '1', '1']);
      expect(row('interrupt → hunk')).toEqual(['250 ms/250 ms', '-', '250 ms/250 ms']);
      expect(stdout).toMatch(/^2026-03-01 +3 edits +first hunk +250 ms +one loop +67 %$/m);
      expect(stdout).toMatch(/^2026-03-02 +2 edits/m);
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    }));

  test('a last line that a dying process left torn is skipped and said', () =>
    withEdits(async ({ run, path }) => {
      await appendFile(ledgerIn(path), '{"at":"2026-03-02T10:00:01.000Z","run":"x","editId":"edit-6","la');
      const { status, stdout } = await run(['stats']);
      expect(status).toBe(0);
      expect(stdout).toContain('1 line of the ledger could not be read and was left out.');
      expect(stdout).toMatch(/^edits +3 +2 +5$/m);
      expect(JSON.parse((await run(['stats', '--json'])).stdout)).toMatchObject({ edits: 5, skipped: 1 });
    }));

  test('--json: one object with every figure', () =>
    withEdits(async ({ run, path }) => {
      const { status, stdout } = await run(['stats', '--json']);
      expect(status).toBe(0);
      const swift = {
        model: 'swift',
        edits: 3,
        ttftMs: { median: 200, p90: 300, count: 3 },
        interruptedToFirstHunkMs: { median: 250, p90: 250, count: 1 },
        reactions: { kept: 1, reverted: 0, retried: 0, steered: 1 },
      };
      expect(JSON.parse(stdout)).toMatchObject({ ledger: ledgerIn(path), edits: 5, skipped: 0, models: [swift, {}] });
    }));

  test('--html: a page that stands alone', () =>
    withEdits(async ({ run, path }) => {
      const { status, stdout } = await run(['stats', '--html', 'page.html']);
      expect([status, stdout]).toEqual([0, `wrote ${join(path, 'page.html')}\n`]);
      const page = await readFile(join(path, 'page.html'), 'utf8');
      expect(page).toMatch(/^<!doctype html>/);
      expect(page).toContain('250 ms/450 ms');
      expect(page).not.toMatch(/<script|src=|href=/);
    }));

  test('a page that can not be written: exit 1', () =>
    withEdits(async ({ run }) => {
      expect(await run(['stats', '--html', 'no/such/folder.html'])).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/can't write no\/such\/folder\.html/),
      });
    }));
});

test.concurrent('what the server records of an edit is there', () =>
  inFolder(async ({ run, path }) => {
    await writeFile(join(path, 'a.ts'), 'export function one() {\n  const size = 1;\n  return size;\n}\n');
    await run(['edit', 'a.ts:2', 'rename size to extent']);
    const { stdout } = await run(['stats', '--json']);
    const [model] = JSON.parse(stdout).models;
    expect(model).toMatchObject({ model: 'rehearsal model (not an AI)', edits: 1, oneLoop: 1 });
    expect(model.outcomes.completed).toBe(1);
    expect(model.firstHunkMs.median).toBeGreaterThan(0);
  }));

test.concurrent('a ledger that can not be read: exit 1, saying which', () =>
  inFolder(async ({ run, path }) => {
    await mkdir(ledgerIn(path), { recursive: true });
    expect(await run(['stats'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/can't read .*edits\.jsonl/),
    });
  }));

test.concurrent.each([
  [['stats', '--jsn'], /--jsn/],
  [['stats', 'now'], /unexpected argument "now"/],
  [['stats', '--json', '--html', 'x'], /either/],
  [['stats', '--html'], /html/],
])('%j: exit 2 with the usage', (args, message) =>
  inFolder(async ({ run }) => {
    const { status, stderr } = await run(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('usage: quickhand stats');
  }),
);
