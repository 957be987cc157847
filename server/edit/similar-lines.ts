// Aligns a few lines, remembered wrongly, with the lines of a text that they stand for.

import { Comparable } from '../text/similarity.ts';

/** Share of the characters that must agree, over all lines and in each of them (Zed's threshold; models.md names it for every anchor). */
const SIMILAR = 0.8;
/** A line may be this unlike its partner as long as the whole agrees. */
const LINE_SIMILAR = 0.6;
/** The work is bounded: longer searches than this, times the lines of the text, are not tried. */
const MAX_CELLS = 200_000;

export interface Alignment {
  /** Lines of the text, half-open. */
  readonly from: number;
  readonly to: number;
  /** For each wanted line the line of the text it stands for, or -1. */
  readonly pairs: readonly number[];
  /** Whether another place, apart from this one, is similar enough too. */
  readonly ambiguous: boolean;
}

/** The most similar stretch of `texts`, if its similarity reaches 0.8; both sides may have lines that the other lacks. */
export function bestAlignment(texts: readonly string[], wanted: readonly string[]): Alignment | undefined {
  if (texts.length * wanted.length > MAX_CELLS) return undefined;
  const table = fill(texts, wanted);
  const last = table[wanted.length]!;
  const size = wanted.reduce((sum, line) => sum + line.trim().length, 0);
  const good = last.flatMap((cell, end) => (cell.gain >= SIMILAR * size ? [{ ...cell, end }] : []));
  const best = good.reduce<(typeof good)[number] | undefined>((a, b) => (a && a.gain >= b.gain ? a : b), undefined);
  if (!best) return undefined;
  const ambiguous = good.some(({ start, end }) => end <= best.start || start >= best.end);
  return { from: best.start, to: best.end, pairs: trace(table, best.end), ambiguous };
}

interface Cell {
  /** Agreeing characters so far, less what the lines that only one side has weigh. */
  readonly gain: number;
  readonly start: number;
  readonly step: 'pair' | 'skipText' | 'skipWanted' | 'none';
}

function fill(texts: readonly string[], wanted: readonly string[]): Cell[][] {
  const rows: Cell[][] = [Array.from({ length: texts.length + 1 }, (_, start) => ({ gain: 0, start, step: 'none' }))];
  wanted.forEach((line, i) => {
    const comparable = new Comparable(line.trim());
    const above = rows[i]!;
    const row: Cell[] = [{ gain: above[0]!.gain - comparable.text.length, start: 0, step: 'skipWanted' }];
    texts.forEach((text, j) => {
      row.push(better(above[j]!, above[j + 1]!, row[j]!, comparable, text.trim()));
    });
    rows.push(row);
  });
  return rows;
}

function better(diagonal: Cell, up: Cell, left: Cell, line: Comparable, text: string): Cell {
  const similarity = line.similarity(text);
  const pair = similarity < LINE_SIMILAR ? Number.NEGATIVE_INFINITY : diagonal.gain + similarity * line.text.length;
  const skipText = left.step === 'none' ? Number.NEGATIVE_INFINITY : left.gain - text.length;
  const skipWanted = up.gain - line.text.length;
  if (pair >= skipText && pair >= skipWanted) return { gain: pair, start: diagonal.start, step: 'pair' };
  return skipText > skipWanted
    ? { gain: skipText, start: left.start, step: 'skipText' }
    : { gain: skipWanted, start: up.start, step: 'skipWanted' };
}

function trace(table: readonly Cell[][], end: number): number[] {
  const pairs: number[] = [];
  let i = table.length - 1;
  let j = end;
  while (i > 0) {
    const { step } = table[i]![j]!;
    if (step === 'pair') pairs.push(j - 1);
    else if (step === 'skipWanted') pairs.push(-1);
    if (step !== 'skipText') i--;
    if (step !== 'skipWanted') j--;
  }
  return pairs.reverse();
}
