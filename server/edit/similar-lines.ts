// Aligns lines that a model has quoted inexactly with the lines of the text that they stand for.

import { LcsText } from '../text/lcs.ts';

/** Share of the characters that must agree over all lines (the threshold of Zed, whose exact match comes first and whose ties are refused, as here). */
const minSimilarity = 0.8;
/** A single line may agree with its partner in no more than this as long as the whole agrees. */
const minLineSimilarity = 0.6;
/** Lines of the text times quoted lines. Bounds the work: larger tables are not computed, and nothing is found. */
const maxCells = 200_000;

export interface SimilarLines {
  /** Lines of the text, counted from 0, half-open. */
  readonly from: number;
  readonly to: number;
  /** For each quoted line the line of the text that it stands for, or -1. */
  readonly pairs: readonly number[];
  /** Whether another place, apart from this one, is similar enough too. */
  readonly ambiguous: boolean;
}

/** The most similar run of lines in `lines`, if its similarity reaches 0.8; both sides may have lines that the other lacks. An edit-distance table by lines. */
export function findSimilarLines(lines: readonly string[], quoted: readonly string[]): SimilarLines | undefined {
  if (lines.length * quoted.length > maxCells) return undefined;
  const table = fill(lines, quoted);
  const last = table[quoted.length]!;
  const size = quoted.reduce((sum, line) => sum + line.trim().length, 0);
  const good = last.flatMap((cell, end) => (cell.gain >= minSimilarity * size ? [{ ...cell, end }] : []));
  const best = good.reduce<(typeof good)[number] | undefined>((a, b) => (a && a.gain >= b.gain ? a : b), undefined);
  if (!best) return undefined;
  const ambiguous = good.some(({ start, end }) => end <= best.start || start >= best.end);
  return { from: best.start, to: best.end, pairs: trace(table, best.end), ambiguous };
}

interface Cell {
  /** Agreeing characters so far, less the lengths of lines that only one side has. */
  readonly gain: number;
  /** The line of the text that this alignment begins with. */
  readonly start: number;
  /** The step that leads here: a pair of lines, a line that only the text has, one that only the quote has. */
  readonly step: 'pair' | 'skipText' | 'skipQuoted' | 'none';
}

function fill(lines: readonly string[], quoted: readonly string[]): Cell[][] {
  const rows: Cell[][] = [Array.from({ length: lines.length + 1 }, (_, start) => ({ gain: 0, start, step: 'none' }))];
  quoted.forEach((line, i) => {
    const comparable = new LcsText(line.trim());
    const above = rows[i]!;
    const row: Cell[] = [{ gain: above[0]!.gain - comparable.text.length, start: 0, step: 'skipQuoted' }];
    lines.forEach((text, j) => {
      row.push(better(above[j]!, above[j + 1]!, row[j]!, comparable, text.trim()));
    });
    rows.push(row);
  });
  return rows;
}

function better(diagonal: Cell, up: Cell, left: Cell, line: LcsText, text: string): Cell {
  const similarity = line.similarity(text);
  const pair =
    similarity < minLineSimilarity ? Number.NEGATIVE_INFINITY : diagonal.gain + similarity * line.text.length;
  const skipText = left.step === 'none' ? Number.NEGATIVE_INFINITY : left.gain - text.length;
  const skipQuoted = up.gain - line.text.length;
  if (pair >= skipText && pair >= skipQuoted) return { gain: pair, start: diagonal.start, step: 'pair' };
  return skipText > skipQuoted
    ? { gain: skipText, start: left.start, step: 'skipText' }
    : { gain: skipQuoted, start: up.start, step: 'skipQuoted' };
}

function trace(table: readonly Cell[][], end: number): number[] {
  const pairs: number[] = [];
  let i = table.length - 1;
  let j = end;
  while (i > 0) {
    const { step } = table[i]![j]!;
    if (step === 'pair') pairs.push(j - 1);
    else if (step === 'skipQuoted') pairs.push(-1);
    if (step !== 'skipText') i--;
    if (step !== 'skipQuoted') j--;
  }
  return pairs.reverse();
}
