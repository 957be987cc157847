// What an evaluation says: a row for each edit, and what they come to.

import { type Spread, spreadOf } from '../../ledger/spread.ts';
import type { Style } from '../style.ts';
import type { CaseResult } from './try-case.ts';

export interface EvalSummary {
  readonly edits: number;
  /** Edits that the model gave an answer to at all. */
  readonly answered: number;
  readonly readable: number;
  readonly parses: number;
  readonly right: number;
  /** Edits with an answer of which something had to be put right before it could be used. */
  readonly putRight: number;
  readonly ttftMs?: Spread;
  readonly firstHunkMs?: Spread;
  readonly totalMs?: Spread;
  readonly tokensPerSecond?: Spread;
  readonly patchOverLeast?: Spread;
  readonly stopMs?: Spread;
}

export function summariseResults(
  results: readonly CaseResult[],
  stopsMs: readonly (number | undefined)[],
): EvalSummary {
  const count = (test: (result: CaseResult) => boolean) => results.filter(test).length;
  const spread = (of: (result: CaseResult) => number | undefined) => spreadOf(results.map(of));
  const spreads = {
    ttftMs: spread(({ ttftMs }) => ttftMs),
    firstHunkMs: spread(({ firstHunkMs }) => firstHunkMs),
    totalMs: spread(({ totalMs }) => totalMs),
    tokensPerSecond: spread(({ tokensPerSecond }) => tokensPerSecond),
    patchOverLeast: spread(({ patchOverLeast }) => patchOverLeast),
    stopMs: spreadOf(stopsMs),
  };
  return {
    edits: results.length,
    answered: count(({ outcome }) => outcome !== 'failed'),
    readable: count(({ readable }) => readable),
    parses: count(({ parses }) => parses === true),
    right: count(({ right }) => right),
    putRight: count(({ putRight }) => putRight !== undefined),
    ...(Object.fromEntries(Object.entries(spreads).filter(([, value]) => value !== undefined)) as typeof spreads),
  } as EvalSummary;
}

/** Columns after the name: title, width, and what stands there. */
const columns: readonly [title: string, width: number, of: (result: CaseResult) => string][] = [
  ['outcome', 9, ({ outcome }) => outcome],
  ['1st token', 10, ({ ttftMs }) => ms(ttftMs)],
  ['1st hunk', 10, ({ firstHunkMs }) => ms(firstHunkMs)],
  ['total', 10, ({ totalMs }) => ms(totalMs)],
  ['tok/s', 6, ({ tokensPerSecond }) => (tokensPerSecond === undefined ? '-' : String(tokensPerSecond))],
  ['put right', 9, ({ putRight }) => (putRight === undefined ? '-' : String(putRight.length))],
  ['parses', 6, ({ parses }) => yesNo(parses)],
  ['right', 5, ({ right }) => yesNo(right)],
  ['patch', 6, ({ patchOverLeast }) => (patchOverLeast === undefined ? '-' : patchOverLeast.toFixed(2))],
];

const nameWidth = 22;

export function header({ bold }: Style): string {
  return `${bold(
    row(
      'edit',
      columns.map(([title]) => title),
    ),
  )}\n`;
}

/** One line; further ones say what had to be put right, and why an edit did not complete. */
export function formatResult(result: CaseResult, { red, dim, green }: Style): string {
  const line = row(
    result.name,
    columns.map(([, , of]) => of(result)),
  );
  const paint = result.right ? green : result.outcome === 'completed' ? dim : red;
  const { reason, putRight } = result;
  const notes = [
    ...(putRight === undefined ? [] : [`put right: ${putRight.join(', ')}`]),
    ...(reason === undefined ? [] : [reason]),
  ];
  return `${paint(line)}\n${notes.map((note) => `  ${note}\n`).join('')}`;
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(nameWidth) + cells.map((cell, i) => cell.padStart(columns[i]![1] + 1)).join('');
}

export function formatSummary(summary: EvalSummary): string {
  const { edits, answered, readable, parses, right, putRight } = summary;
  const of = (count: number) => `${count} of ${edits}`;
  const figures: [string, string][] = [
    ['answered', of(answered)],
    ['readable', of(readable)],
    ['parses', of(parses)],
    ['right', of(right)],
    ['put right', of(putRight)],
    ['first token', spread(summary.ttftMs, ms)],
    ['first hunk', spread(summary.firstHunkMs, ms)],
    ['total', spread(summary.totalMs, ms)],
    ['tokens/s', spread(summary.tokensPerSecond, String)],
    ['patch over the least', spread(summary.patchOverLeast, (value) => value.toFixed(2))],
    ['time to stop', spread(summary.stopMs, (value) => `${value.toFixed(1)} ms`)],
  ];
  return `\n${figures.map(([title, text]) => `${title.padEnd(nameWidth)} ${text}\n`).join('')}`;
}

/** Under the table, for who reads one for the first time. */
export const legend =
  'Times are from the request on, as median/p90; the first edit of a language waits for its grammar too. patch: characters changed over the\n' +
  'fewest that do what was asked for, 1.00 is best. put right: how much of an answer had to be left out or changed before it could be used.\n';

const spread = (value: Spread | undefined, format: (value: number) => string): string =>
  value === undefined ? '-' : `${format(value.median)}/${format(value.p90)}`;

const ms = (value: number | undefined): string => (value === undefined ? '-' : `${Math.round(value)} ms`);

const yesNo = (value: boolean | undefined): string => (value === undefined ? '-' : value ? 'yes' : 'no');
