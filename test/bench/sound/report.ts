// Shows the figures of all languages as tables, and states that the parsers do not take.

import { diff } from 'fast-myers-diff';
import type { Example, Figures, Tally } from './measure.ts';

const columns: readonly (readonly [title: string, cell: (figures: Figures) => string])[] = [
  ['', ({ language }) => language],
  ['files', ({ files }) => String(files)],
  ['edits', ({ edits }) => String(edits)],
  ['states', ({ states }) => String(states)],
  ['unsound', ({ unsound, states }) => `${unsound} (${percent(unsound, states)})`],
  ['edits with one', ({ editsUnsound, edits }) => `${editsUnsound} (${percent(editsUnsound, edits)})`],
  ['rejected', ({ rejected }) => String(rejected)],
  ['not exact', ({ inexact }) => String(inexact)],
  ['held to the end', ({ held, edits }) => `${held} (${percent(held, edits)})`],
  ['lag med p90 p99', ({ lags }) => lagsOf(lags)],
  ['broken answers', ({ broken }) => String(broken)],
  ['taken', ({ broken, brokenTaken }) => `${brokenTaken} (${percent(brokenTaken, broken)})`],
  ['shown', ({ broken, brokenShown }) => `${brokenShown} (${percent(brokenShown, broken)})`],
];

export function table(all: readonly Figures[]): string {
  const lines = [columns.map(([title]) => title), ...all.map((each) => columns.map(([, cell]) => cell(each)))];
  return aligned(lines);
}

/** The kinds of edits with a fault, the worst first; with `isFull` all of them. */
export function kindsOf({ language, kinds }: Figures, isFull: boolean): string {
  const rows = Object.entries(kinds)
    .filter(([, tally]) => isFull || faultsOf(tally) > 0)
    .sort(([, a], [, b]) => faultsOf(b) / (b.edits + b.broken) - faultsOf(a) / (a.edits + a.broken));
  if (rows.length === 0) return '';
  const cells = rows.map(([kind, tally]) => [`  ${kind}`, ...tallyCells(tally)]);
  const titles = [
    language,
    'edits',
    'states',
    'unsound',
    'edits with one',
    'rejected',
    'not exact',
    'held',
    'broken',
    'taken',
    'shown',
  ];
  return `\n${aligned([titles, ...cells])}`;
}

function faultsOf({ editsUnsound, rejected, inexact, brokenTaken, brokenShown }: Tally): number {
  return editsUnsound + rejected + inexact + brokenTaken + brokenShown;
}

function tallyCells(tally: Tally): string[] {
  const { edits, states, unsound, editsUnsound, rejected, inexact, held, broken, brokenTaken, brokenShown } = tally;
  return [edits, states, unsound, editsUnsound, rejected, inexact, held, broken, brokenTaken, brokenShown].map(String);
}

/** A few lines around what is wrong, with `-` for lines of the base that are gone and `+` for new ones. */
export function show({ what, kind, path, state, fault, base, text }: Example): string {
  const lines = excerpt(base.split('\n'), text.split('\n'), Number.parseInt(fault, 10));
  return `\n${[what, path, kind, ...(state ? [state] : []), fault].join(': ')}\n${lines}`;
}

const [linesAround, maxLines] = [2, 40];

function excerpt(a: readonly string[], b: readonly string[], faultLine: number): string {
  const lines: string[] = [];
  let at = 0;
  const keep = (to: number, from = at) => {
    for (let line = from; line < to; line++) lines.push(mark(' ', b[line]!, line + 1 === faultLine));
  };
  for (const [fromA, toA, fromB, toB] of diff(a as string[], b as string[])) {
    if (at === 0) keep(fromB, Math.max(0, fromB - linesAround));
    else if (fromB - at <= 2 * linesAround) keep(fromB);
    else {
      keep(at + linesAround);
      lines.push('  …');
      keep(fromB, fromB - linesAround);
    }
    lines.push(...a.slice(fromA, toA).map((line) => mark('-', line, false)));
    lines.push(...b.slice(fromB, toB).map((line, i) => mark('+', line, fromB + i + 1 === faultLine)));
    at = toB;
  }
  keep(Math.min(b.length, at + linesAround));
  return lines.length <= maxLines ? lines.join('\n') : [...lines.slice(0, maxLines), '  …'].join('\n');
}

function mark(sign: string, line: string, isFault: boolean): string {
  return `${isFault ? '>' : ' '} ${sign} ${line}`;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function lagsOf(lags: readonly number[]): string {
  if (lags.length === 0) return '-';
  const sorted = [...lags].sort((a, b) => a - b);
  return [0.5, 0.9, 0.99].map((share) => sorted[Math.floor(share * (sorted.length - 1))]).join(' ');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)}%`;
}
