// Formats a summary of the ledger: as a table for a terminal, and as an HTML page.

import { printableLine } from '../text/printable.ts';
import type { Spread } from './spread.ts';
import type { ModelSummary, Summary } from './tally.ts';

const columns: readonly [title: string, of: (model: ModelSummary) => string][] = [
  ['model', ({ model }) => printableLine(model, maxName)],
  ['edits', ({ edits }) => String(edits)],
  ['first token', ({ ttftMs }) => spread(ttftMs, ms)],
  ['first hunk', ({ firstHunkMs }) => spread(firstHunkMs, ms)],
  ['total', ({ totalMs }) => spread(totalMs, ms)],
  ['tokens/s', ({ tokensPerSecond }) => spread(tokensPerSecond, String)],
  ['apply', ({ applyRoundTripMs }) => spread(applyRoundTripMs, ms)],
  ['touched/least', ({ touched }) => spread(touched, (value) => value.toFixed(2))],
  ['one loop', ({ oneLoop }) => percent(oneLoop)],
  ['kept', ({ reactions }) => String(reactions.kept)],
  ['verified', ({ reactions }) => String(reactions.verified)],
  ['reverted', ({ reactions }) => String(reactions.reverted)],
  ['retried', ({ reactions }) => String(reactions.retried)],
  ['steered', ({ reactions }) => String(reactions.steered)],
  ['interrupt → hunk', ({ interruptedToFirstHunkMs }) => spread(interruptedToFirstHunkMs, ms)],
  ['failed', ({ outcomes }) => String(outcomes.failed + outcomes.rejected)],
];

/** UTF-16 units of a model's name. */
const maxName = 100;

/** The days shown of the trend: two weeks. */
const trendDays = 14;

/**
 * The table for a terminal, a column for each model, because models are few and a terminal is narrow; times are median/p90. `skipped`: lines of
 * the ledger that could not be read.
 */
export function formatTable(summary: Summary, skipped = 0): string {
  if (summary.edits === 0) return `No edits yet.\n${noteOf(skipped)}`;
  const [titles = [], ...models] = rowsOf(summary);
  const widthOf = (cells: readonly string[]): number => Math.max(...cells.map(({ length }) => length));
  const lines = titles.map((title, i) =>
    [title.padEnd(widthOf(titles)), ...models.map((cells) => cells[i]!.padStart(widthOf(cells)))].join('  '),
  );
  const days = summary.days
    .slice(-trendDays)
    .map(
      ({ day, edits, firstHunkMs, oneLoop }) =>
        `${printableLine(day)}  ${String(edits).padStart(5)} edits  first hunk ${(firstHunkMs === undefined ? '-' : ms(firstHunkMs)).padStart(8)}  one loop ${percent(oneLoop).padStart(4)}`,
    );
  return `${[...lines, '', 'median/p90. By day:', ...days].join('\n')}\n${noteOf(skipped)}`;
}

/** A whole HTML page, without scripts and without anything to load. */
export function formatHtml(summary: Summary, skipped = 0): string {
  const [head = [], ...rows] = rowsOf(summary);
  const cells = (tag: 'th' | 'td', row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => cells('td', row)).join('\n');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Quickhand: edits</title>
<style>
:root { color-scheme: light dark } body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
.wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { padding: .3rem .7rem; text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left } tr { border-bottom: 1px solid #8884 } svg { width: 100%; height: 9rem } rect { fill: #4a7fd4 } text { font-size: 11px; fill: currentColor }
</style>
<h1>Edits</h1>
<p>${summary.edits} edits, ${percent(summary.all.oneLoop)} right at once. Times are median/p90.</p>
<div class="wide"><table><thead>${cells('th', head)}</thead>
<tbody>${body}</tbody></table></div>
<h2>First hunk by day</h2>
${trend(summary)}
<p>${escapeHtml(noteOf(skipped))}</p>
</html>
`;
}

/** The table's cells, its titles first; all models together come last, if there are several. */
function rowsOf({ models, all }: Summary): string[][] {
  const shown = models.length > 1 ? [...models, all] : models;
  return [columns.map(([title]) => title), ...shown.map((model) => columns.map(([, of]) => of(model)))];
}

function trend({ days }: Summary): string {
  const shown = days.slice(-trendDays);
  const most = Math.max(1, ...shown.map(({ firstHunkMs = 0 }) => firstHunkMs));
  const bars = shown.map(({ day, edits, firstHunkMs = 0 }, i) => {
    const height = Math.round((firstHunkMs / most) * 90);
    const said = escapeHtml(`${printableLine(day)}: ${ms(firstHunkMs)}, ${edits} edits`);
    return `<rect x="${i * 50 + 5}" y="${100 - height}" width="40" height="${height}"><title>${said}</title></rect><text x="${i * 50 + 25}" y="115" text-anchor="middle">${escapeHtml(day.slice(5))}</text>`;
  });
  return `<svg viewBox="0 0 ${trendDays * 50} 120" role="img" aria-label="median time to the first hunk by day">${bars.join('')}</svg>`;
}

const noteOf = (skipped: number): string =>
  skipped === 0
    ? ''
    : `${skipped} ${skipped === 1 ? 'line' : 'lines'} of the ledger could not be read and ${skipped === 1 ? 'was' : 'were'} left out.\n`;

const ms = (value: number): string => (value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`);

const percent = (value: number): string => `${Math.round(value * 100)} %`;

const spread = (value: Spread | undefined, format: (value: number) => string): string =>
  value === undefined ? '-' : `${format(value.median)}/${format(value.p90)}`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]!);
