// The figures as a table and as JSON.

import { quantile, round } from '../server/stats.ts';
import type { Tally } from './measure.ts';

export type Row = Readonly<Record<string, number | string>>;

export function rowOf(language: string, tally: Tally): Row {
  return {
    language,
    files: tally.files,
    'not taken': tally.faultyFiles,
    code: tally.code,
    'agree %': percent(tally.agreed, tally.code),
    'refused %': percent(tally.refused, tally.code),
    'large %': percent(tally.large, tally.code),
    'whole %': percent(tally.largeWhole, tally.large),
    'exact %': percent(tally.largeExact, tally.largeKnown),
    blank: tally.blank,
    'blank agree %': percent(tally.blankAgreed, tally.blank),
    'blank refused %': percent(tally.blankRefused, tally.blank),
    'insert %': percent(tally.insertions, tally.blank),
    'in tests': tally.inTests,
    'one line %': percent(tally.oneLineInTests, tally.inTests),
    cuts: tally.cuts,
    ...timesOf(tally.times),
  };
}

export function timesOf(times: readonly number[]): Row {
  return {
    'p50 ms': round(quantile(times, 0.5), 3),
    'p99 ms': round(quantile(times, 0.99)),
    'max ms': round(quantile(times, 1)),
  };
}

/** Rows below one another: there are more figures than languages. */
export function table(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (row: Row, name: string) => String(row[name] ?? '–');
  const widths = rows.map((row) => Math.max(...names.map((name) => cell(row, name).length)));
  return names
    .map((name) => [name.padEnd(16), ...rows.map((row, index) => cell(row, name).padStart(widths[index]!))].join('  '))
    .join('\n');
}

function percent(part: number, whole: number): number | string {
  return whole === 0 ? '–' : round((100 * part) / whole);
}
