// Sums the figures of all pairs up, as a table or as JSON.

import type { Figures } from './measure.ts';

export interface Row {
  readonly contestant: string;
  readonly pairs: number;
  readonly exact: number;
  readonly rejected: number;
  readonly ratio: { readonly median: number; readonly p90: number; readonly total: number };
  readonly soundStates: number;
  readonly saneTime: number;
  readonly lag: {
    readonly lines: number;
    readonly median: number;
    readonly p90: number;
    readonly p99: number;
    readonly max: number;
  };
  readonly first: { readonly median: number; readonly p90: number };
  readonly flicker: number;
  readonly hunks: { readonly median: number; readonly p90: number };
  readonly cpuMicros: { readonly mean: number; readonly median: number; readonly p99: number };
  readonly parses: { readonly median: number; readonly max: number };
}

export function summarize(contestant: string, figures: readonly Figures[]): Row {
  const lags = sorted(figures.flatMap((each) => [...each.lags]));
  const nanos = sorted(figures.flatMap((each) => [...each.nanos]));
  const ratios = sorted(figures.map((each) => each.ratio));
  const of = (pick: (each: Figures) => number) => sorted(figures.map(pick));
  const sum = (pick: (each: Figures) => number) => figures.reduce((total, each) => total + pick(each), 0);
  return {
    contestant,
    pairs: figures.length,
    exact: sum((each) => (each.exact ? 1 : 0)) / figures.length,
    rejected: sum((each) => (each.rejected === undefined ? 0 : 1)),
    ratio: {
      median: at(ratios, 0.5),
      p90: at(ratios, 0.9),
      total: sum((each) => each.touched) / sum((each) => each.optimal),
    },
    soundStates: 1 - sum((each) => each.unsound) / sum((each) => each.states),
    saneTime: sum((each) => each.saneTime) / figures.length,
    lag: { lines: lags.length, median: at(lags, 0.5), p90: at(lags, 0.9), p99: at(lags, 0.99), max: at(lags, 1) },
    first: {
      median: at(
        of((each) => each.first),
        0.5,
      ),
      p90: at(
        of((each) => each.first),
        0.9,
      ),
    },
    flicker: sum((each) => each.flicker),
    hunks: {
      median: at(
        of((each) => each.hunks),
        0.5,
      ),
      p90: at(
        of((each) => each.hunks),
        0.9,
      ),
    },
    cpuMicros: { mean: meanOf(nanos) / 1000, median: at(nanos, 0.5) / 1000, p99: at(nanos, 0.99) / 1000 },
    parses: {
      median: at(
        of((each) => each.parses),
        0.5,
      ),
      max: at(
        of((each) => each.parses),
        1,
      ),
    },
  };
}

const columns: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
  ['', (row) => row.contestant],
  ['exact', (row) => percent(row.exact)],
  ['rejected', (row) => String(row.rejected)],
  ['touched/opt med p90 total', ({ ratio }) => `${fixed(ratio.median)} ${fixed(ratio.p90)} ${fixed(ratio.total)}`],
  ['sound states', (row) => percent(row.soundStates)],
  ['sane time', (row) => percent(row.saneTime)],
  ['lag med p90 p99 max', ({ lag }) => (lag.lines === 0 ? '-' : `${lag.median} ${lag.p90} ${lag.p99} ${lag.max}`)],
  ['first med p90', ({ first }) => `${first.median} ${first.p90}`],
  ['flicker', (row) => String(row.flicker)],
  ['hunks med p90', ({ hunks }) => `${hunks.median} ${hunks.p90}`],
  ['CPU us mean med p99', ({ cpuMicros: { mean, median, p99 } }) => [mean, median, p99].map(fixed).join(' ')],
  ['parses med max', ({ parses }) => `${parses.median} ${parses.max}`],
];

export function table(rows: readonly Row[]): string {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  return cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')).join('\n');
}

/** The worst cases by each measure, by id. */
export function worst(figures: readonly Figures[], count = 5): string {
  const list = (title: string, key: (each: Figures) => number, show: (each: Figures) => string) => {
    const top = [...figures].sort((a, b) => key(b) - key(a)).slice(0, count);
    return `  ${title}: ${top.map((each) => `${each.id} (${show(each)})`).join(', ')}`;
  };
  const faulty = figures.filter((each) => !each.exact || each.unsound > 0);
  return [
    list(
      'touched/opt',
      (each) => each.ratio,
      (each) => fixed(each.ratio),
    ),
    list(
      'touched - opt',
      (each) => each.touched - each.optimal,
      (each) => String(each.touched - each.optimal),
    ),
    list(
      'lag',
      (each) => Math.max(0, ...each.lags),
      (each) => String(Math.max(0, ...each.lags)),
    ),
    list(
      'first',
      (each) => each.first,
      (each) => String(each.first),
    ),
    ...(faulty.length === 0
      ? []
      : [`  not exact or not sound: ${faulty.map((each) => `${each.id} ${each.rejected ?? ''}`).join(', ')}`]),
  ].join('\n');
}

function sorted(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b);
}

function at(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? 0;
}

function fixed(value: number): string {
  return value.toFixed(2);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share === 1 ? 0 : 2)}%`;
}

function meanOf(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length);
}
