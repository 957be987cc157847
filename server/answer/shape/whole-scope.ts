// What most answers are, told without looking at all that they declare: they end as the scope does, and no line that declares something has come or gone.

import { declarationIn } from './declared-names.ts';
import { columnOf, isWeighty } from './line-kinds.ts';
import type { ScopeText } from './scope-text.ts';

/** Whether an answer that began as the scope does ends as that does, too, and so in the middle of nothing. */
export function endsAlike(answer: readonly string[], { lines }: ScopeText): boolean {
  const end = lines.at(-1) ?? '';
  const last = answer.findLast((line) => line.trim() !== '') ?? '';
  const first = answer.find((line) => line.trim() !== '') ?? '';
  return last.trim() === end.trim() && columnOf(last) - columnOf(first) === columnOf(end) - columnOf(lines[0]!);
}

/** Whether a name may have come or gone. `false` is certain: inside of a function any may. */
export function mayChangeNames(answer: readonly string[], scope: ScopeText): boolean {
  const isContainer =
    declarationIn(scope.lines.find((line) => isWeighty(line.trim()))?.trim() ?? '')?.kind === 'container';
  // A first line that has lost its indentation tells nothing of the level of the others.
  if (columnOf(answer.find((line) => line.trim() !== '') ?? '') !== columnOf(scope.lines[0]!)) return true;
  const old = outerKeys(scope.lines, isContainer);
  const now = outerKeys(answer, isContainer);
  if (old.length === now.length && old.every((key, i) => key === now[i])) return false;
  const known = new Set(old);
  const kept = new Set(now);
  const hasChanged =
    now.some((key) => !known.has(key) && mayDeclare(key)) || old.some((key) => !kept.has(key) && mayDeclare(key));
  // More of the scope's lines than it has: something may be there twice.
  return hasChanged || now.filter((key) => known.has(key)).length > old.length;
}

/** Those at the column of the first line, or further out; in a container those of its members, too. */
function outerKeys(lines: readonly string[], isContainer: boolean): string[] {
  const keys: string[] = [];
  let first = -1;
  let limit = 0;
  for (const line of lines) {
    const column = columnOf(line);
    if (column === line.length || line.trim() === '') continue;
    if (first < 0) limit = first = column;
    else if (isContainer && limit === first && column > first) limit = column;
    if (column <= limit) keys.push(line.trim());
  }
  return keys;
}

/** Alone, or together with the lines below it. */
function mayDeclare(key: string): boolean {
  return /[(){]$/.test(key) || declarationIn(key) !== undefined;
}
