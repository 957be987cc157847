// What most answers are, told without looking at what they declare: they begin and end as the scope does, and no line that declares something has come or gone.

import { declarationIn } from './declared-names.ts';
import { columnOf } from './line-kinds.ts';
import type { ScopeText } from './scope-text.ts';

/** Whether an answer that began as the scope does is surely its whole new text, with all that it declares. `false` only says that it has to be looked at. */
export function isWholeScope(answer: readonly string[], scope: ScopeText): boolean {
  const filled = answer.filter((line) => line.trim() !== '');
  return endsAlike(filled, scope.lines) && !mayChangeNames(filled, scope);
}

function endsAlike(filled: readonly string[], base: readonly string[]): boolean {
  const last = filled.at(-1) ?? '';
  const end = base.at(-1) ?? '';
  return last.trim() === end.trim() && columnOf(last) - columnOf(filled[0]!) === columnOf(end) - columnOf(base[0]!);
}

function mayChangeNames(filled: readonly string[], scope: ScopeText): boolean {
  const keys = new Set<string>();
  let kept = 0;
  for (const line of filled) {
    const key = line.trim();
    keys.add(key);
    if (scope.has(key)) kept++;
    else if (mayDeclare(key)) return true;
  }
  let old = 0;
  for (const line of scope.lines) {
    const key = line.trim();
    if (key !== '') old++;
    if (!keys.has(key) && mayDeclare(key)) return true;
  }
  // More of the scope's lines than it has: something may be there twice.
  return kept > old;
}

/** Alone, or together with the lines below it. */
function mayDeclare(key: string): boolean {
  return /[(){]$/.test(key) || declarationIn(key) !== undefined;
}
