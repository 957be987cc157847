// What the figures of the ledger say.
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../server/ledger/entry.ts';
import { spreadOf } from '../../server/ledger/spread.ts';
import { formatHtml, formatTable } from '../../server/ledger/summary-report.ts';
import { sample } from './sample.ts';
import { summariseLedger } from './summarise.ts';

const edit = (more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: '2024-05-06T07:08:09.000Z',
  editId: 'edit-1',
  run: 'r',
  ...sample,
  ...more,
});

describe('a spread', () => {
  it.each([
    [[], undefined],
    [[undefined], undefined],
    [[7], { median: 7, p90: 7, count: 1 }],
    [[2, 1], { median: 1, p90: 2, count: 2 }],
    [[10, 1, 2, 3, 4, 5, 6, 7, 8, 9, undefined], { median: 5, p90: 9, count: 10 }],
  ])('of %j', (values, expected) => {
    expect(spreadOf(values)).toEqual(expected);
  });
});

describe('a summary', () => {
  const entries = [
    edit({ model: 'a', firstHunkMs: 10, charsChanged: 12, charsLeast: 10, reused: true }),
    edit({ model: 'a', firstHunkMs: 30, reaction: 'kept', reused: false }),
    edit({ model: 'a', firstHunkMs: 20, reaction: 'reverted', at: '2024-05-07T00:00:00.000Z' }),
    edit({ model: 'a', outcome: 'failed' }),
    edit({ model: 'b', reaction: 'steered', outcome: 'superseded', interruptedToFirstHunkMs: 80 }),
  ];
  const { all, models, days } = summariseLedger(entries);

  it('counts a model by what came of its edits', () => {
    expect(models.map(({ model, edits }) => [model, edits])).toEqual([
      ['a', 4],
      ['b', 1],
    ]);
    expect(models[0]).toMatchObject({
      firstHunkMs: { median: 20, p90: 30, count: 3 },
      touched: { median: 1.2 },
      oneLoop: 0.5,
      reused: 0.5,
      outcomes: { completed: 3, failed: 1, cancelled: 0 },
      reactions: { kept: 1, reverted: 1, retried: 0, steered: 0 },
    });
    expect(models[1]).toMatchObject({ oneLoop: 0, interruptedToFirstHunkMs: { median: 80 } });
    expect(all).toMatchObject({ edits: 5, oneLoop: 0.4 });
  });

  it('has a trend by day', () => {
    expect(days).toEqual([
      { day: '2024-05-06', edits: 4, firstHunkMs: 10, oneLoop: 0.5 },
      { day: '2024-05-07', edits: 1, firstHunkMs: 20, oneLoop: 0 },
    ]);
  });

  it('is shown as a table whose columns line up', () => {
    const lines = formatTable(summariseLedger(entries)).split('\n');
    const table = lines.slice(0, lines.indexOf(''));
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(table[0]).toMatch(/^model +a +b +all$/);
    expect(table[1]).toMatch(/^edits +4 +1 +5$/);
    expect(table[3]).toMatch(/^first hunk +20 ms\/30 ms +- +20 ms\/30 ms$/);
  });

  it('says what could not be read', () => {
    expect(formatTable(summariseLedger([]), 1)).toBe(
      'No edits yet.\n1 line of the ledger could not be read and was left out.\n',
    );
    expect(formatTable(summariseLedger(entries), 2)).toContain(
      '2 lines of the ledger could not be read and were left out.',
    );
  });

  it('is a page that loads nothing and runs nothing, whatever a model is called', () => {
    const page = formatHtml(summariseLedger([...entries, edit({ model: '<script>alert(1)</script>' })]));
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/);
    expect(page.length).toBeLessThan(10_000);
  });

  it('of an empty ledger is a page too', () => {
    expect(formatHtml(summariseLedger([]))).toContain('<p>0 edits, 0 % right at once.');
  });
});
