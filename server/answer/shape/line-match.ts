// Compares lines of an answer with neighbours of the scope: blank lines and indentation aside, and with placeholders that stand for any number of lines.

import { isPlaceholder } from '../placeholder-lines.ts';
import type { ColumnMap } from './column-map.ts';
import { columnOf } from './line-kinds.ts';

/** Stands for any number of lines. */
export const gap: unique symbol = Symbol('gap');

export interface PatternLine {
  readonly key: string;
  /** Undefined where an answer may have lost it: in its first line. */
  readonly column: number | undefined;
}

export type Pattern = readonly (PatternLine | typeof gap)[];

/** The lines of an answer that say what stands beside a scope. `isFirst`: whether the first of them is the answer's first line. */
export function patternOf(lines: readonly string[], isFirst: boolean, isOwn: (key: string) => boolean): Pattern {
  const filled = lines.filter((line) => line.trim() !== '');
  return filled.map((line, i) => {
    const key = line.trim();
    if (isPlaceholder(line) && !isOwn(key)) return gap;
    return { key, column: isFirst && i === 0 ? undefined : columnOf(line) };
  });
}

/** Filled lines of a document in the order in which a pattern is compared with them. */
export function filledLines(lines: readonly string[]): PatternLine[] {
  return lines.flatMap((line) => (line.trim() === '' ? [] : [{ key: line.trim(), column: columnOf(line) }]));
}

/**
 * Whether `lines` begin as the pattern says; what is known of the columns afterwards. A line behind a gap stands for the next one that reads so, which is enough
 * as long as the question is only whether all of the pattern is found in order.
 */
export function matchStart(pattern: Pattern, lines: readonly PatternLine[], columns: ColumnMap): ColumnMap | undefined {
  let known: ColumnMap | undefined = columns;
  let at = 0;
  let isLoose = false;
  for (const line of pattern) {
    if (line === gap) {
      isLoose = true;
      continue;
    }
    let next: ColumnMap | undefined;
    for (; at < lines.length && !next; at++) {
      next = lines[at]!.key === line.key ? withColumn(known, line, lines[at]!) : undefined;
      if (!next && !isLoose) return undefined;
    }
    if (!next) return undefined;
    known = next;
    isLoose = false;
  }
  return known;
}

function withColumn(columns: ColumnMap, answer: PatternLine, document: PatternLine): ColumnMap | undefined {
  return answer.column === undefined ? columns : columns.with(answer.column, document.column!);
}
