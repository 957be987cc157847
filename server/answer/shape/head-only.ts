// An answer that begins as the scope does and ends in the middle of it: the header and the changed lines, without what follows.

import { mayShrink } from './asked-for.ts';
import { declarationIn } from './declared-names.ts';
import { declaredIn } from './declared-outline.ts';
import { placeOfFragment } from './fragment.ts';
import { bracketDepth, columnOf, continuesBlock, goesOnBelow, isLoneCloser, isWeighty } from './line-kinds.ts';
import type { ScopeText } from './scope-text.ts';

/** `rest`: the lines of the scope that belong behind the answer. `uncertain`: it is a part, and what becomes of the rest can't be told. */
export type HeadOnly =
  | { readonly kind: 'whole' }
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'head'; readonly rest: readonly string[] };

/** So few of the scope's lines make an answer a part of it where nothing tells the end of a block. */
const leastShare = 1 / 4;
/** Scopes of fewer lines are answered with any number of them. */
const leastLines = 8;

export function headOnly(answer: readonly string[], scope: ScopeText, instruction: string): HeadOnly {
  const outermost = declaredIn(answer).filter(({ path }) => path === '');
  const own = scope.outermost.length === 1 ? outermost.find((one) => scope.isOwn(one)) : undefined;
  if (!own) return readHead(answer, scope, instruction);
  const next = outermost.find(({ line }) => line > own.line);
  const read = readHead(answer.slice(own.line, next?.line), scope, instruction);
  // With another definition behind it, it has an end.
  return next && read.kind === 'head' ? { kind: 'whole' } : read;
}

/** `answer`: the definition alone, without what stands beside it. */
function readHead(answer: readonly string[], scope: ScopeText, instruction: string): HeadOnly {
  const filled = answer.filter((line) => line.trim() !== '');
  const last = filled.at(-1);
  const end = scope.lines.at(-1);
  if (last === undefined || end === undefined || !scope.declares) return { kind: 'whole' };
  // Code that is not finished has no end to be told by.
  if (bracketDepth(scope.lines) > 0 && columnOf(end) > scope.headerColumn) return { kind: 'whole' };
  if (!isOpenEnd(answer, last, scope)) {
    // What a member of an object ends with, a comma, goes on below too.
    const isPart =
      goesOnBelow(last.trim()) && (!goesOnBelow(end.trim()) || last.at(-1) !== end.at(-1)) && !isSameCloser(last, end);
    if (isPart) return { kind: 'uncertain' };
    return isTail(filled, scope) || isShort(filled, scope) ? uncertainUnlessAsked(instruction) : { kind: 'whole' };
  }
  const place = placeOfFragment(answer, scope.lines);
  const isInPlace =
    place?.from === scope.header && columnOf(answer[1] ?? '') === columnOf(scope.lines[scope.header + 1] ?? '');
  return isInPlace ? { kind: 'head', rest: scope.lines.slice(place.to) } : { kind: 'uncertain' };
}

/** What closes a member of an object, which may have become another one than the last. */
function isSameCloser(last: string, end: string): boolean {
  return isLoneCloser(end.trim()) && last.trim() === `${end.trim()},`;
}

/** Whether the scope closes a block with its last line that is still open here. Where a word closes it, only the indentation tells. */
function isOpenEnd(answer: readonly string[], last: string, scope: ScopeText): boolean {
  const end = scope.lines.at(-1)!;
  if (!continuesBlock(end.trim())) return false;
  const isDeeper = columnOf(last) > columnOf(answer.find((line) => line.trim() !== '')!);
  if (!/[)\]}]/.test(end)) return columnOf(end) <= scope.headerColumn && isDeeper;
  const depth = bracketDepth(answer);
  return depth > bracketDepth(scope.lines) || (depth > 0 && isDeeper);
}

function uncertainUnlessAsked(instruction: string): HeadOnly {
  return mayShrink(instruction) ? { kind: 'whole' } : { kind: 'uncertain' };
}

/** So many lines at the end of a scope are not given up unasked, unless half as many new ones stand in their place. */
const leastTail = 3;

/** Whether the answer ends in the middle of the scope: what is behind would go, with too little in its place. Where blocks are closed by lines of their own, these tell. */
function isTail(filled: readonly string[], scope: ScopeText): boolean {
  const end = scope.lines.at(-1)!;
  // An expression ends with its last line, a block of statements anywhere but in front of what leaves it. A `pass` is no loss.
  if (continuesBlock(end.trim()) || /^\s*pass\b/.test(end)) return false;
  if (!leaves.test(end) && !isExpression.test(scope.headerKey)) return false;
  if (isLeft(filled, scope)) return false;
  const old = scope.lines
    .slice(scope.header)
    .map((line) => line.trim())
    .filter(isWeighty);
  const fresh = filled.map((line) => line.trim()).filter(isWeighty);
  const last = fresh.at(-1);
  if (last === undefined) return false;
  if (old.indexOf(last) > 0 && !fresh.includes(old.at(-1)!)) return true;
  const kept = old.findLastIndex((key) => fresh.includes(key) && old.indexOf(key) === old.lastIndexOf(key));
  if (kept < 0) return false;
  const gone = old.length - 1 - kept;
  const added = fresh.length - 1 - fresh.lastIndexOf(old[kept]!);
  return gone >= leastTail && gone > 2 * added;
}

/** The body of what is declared is one expression. */
const isExpression = /=>?$/;

/** Whether the answer ends with a statement that leaves the function, not a block in it: that is its end. In a class the last method's. */
function isLeft(filled: readonly string[], scope: ScopeText): boolean {
  const last = lastStatement(filled);
  if (!leaves.test(filled[last]!)) return false;
  const above = filled.slice(0, last);
  const column = columnOf(filled[last]!);
  if (scope.outermost[0]?.kind === 'container') {
    const opener = above.findLast((line) => columnOf(line) < column && !/^\s*[)\]]/.test(line));
    return opener !== undefined && declarationIn(opener)?.kind === 'function';
  }
  const header = above.findIndex((line) => declarationIn(line) !== undefined);
  const body = columnOf(filled[header + 1]!);
  return column <= body || isAlwaysReached(above, column, body);
}

/** Whether what stands around a line at `column` is run in any case, down to the body of the function. */
function isAlwaysReached(above: readonly string[], column: number, body: number): boolean {
  let least = column;
  for (const line of above.toReversed()) {
    if (columnOf(line) >= least || /^\s*[)\]]/.test(line)) continue;
    least = columnOf(line);
    if (!/^\s*(?:async )?with\b/.test(line)) return false;
    if (least <= body) return true;
  }
  return false;
}

/** Where the statement begins that the last line ends. */
function lastStatement(filled: readonly string[]): number {
  const end = filled.length - 1;
  if (!/^\s*[)\]}]/.test(filled[end]!)) return end;
  return filled.findLastIndex((line, i) => i < end && columnOf(line) <= columnOf(filled[end]!));
}

/** Leaves a function: no line belongs behind it. */
const leaves = /^\s*(?:return|raise|throw|yield|break|continue|exit|pass)\b/;

function isShort(filled: readonly string[], scope: ScopeText): boolean {
  if (continuesBlock(scope.lines.at(-1)!.trim())) return false;
  const size = scope.lines.slice(scope.header).filter((line) => isWeighty(line.trim())).length;
  return size >= leastLines && filled.length < leastShare * size;
}
