// Differences for people: unified diffs, and how much changed. Owns the package `diff`.

import { createTwoFilesPatch, diffArrays, diffChars, diffLines, FILE_HEADERS_ONLY } from 'diff';
import type { Style } from './style.ts';

/** A unified diff that `git apply` takes; empty if nothing changed. `name`: a path relative to where it will be applied. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, options);
}

/** Lines taken away plus lines added: a changed line counts twice, as in `git diff --shortstat`. */
export function changedLines(before: string, after: string): number {
  return diffLines(before, after).reduce((sum, { added, removed, count }) => (added || removed ? sum + count : sum), 0);
}

/** The fewest characters that must be deleted and inserted to turn one text into the other (Myers). */
export function leastChangedChars(before: string, after: string): number {
  return diffChars(before, after).reduce(
    (sum, { added, removed, value }) => (added || removed ? sum + value.length : sum),
    0,
  );
}

/** For each line of `after`, whether it is as in `before`. */
export function linesKept(before: readonly string[], after: readonly string[]): boolean[] {
  return diffArrays([...before], [...after]).flatMap(({ added, removed, value }) =>
    removed ? [] : value.map(() => !added),
  );
}

/** A unified diff with colours. */
export function colourDiff(diff: string, { bold, red, green, cyan }: Style): string {
  const paint = (line: string) => {
    if (line.startsWith('+++') || line.startsWith('---')) return bold(line);
    if (line.startsWith('@@')) return cyan(line);
    if (line.startsWith('+')) return green(line);
    return line.startsWith('-') ? red(line) : line;
  };
  return diff.split('\n').map(paint).join('\n');
}
