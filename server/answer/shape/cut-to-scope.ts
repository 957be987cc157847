// Finds the scope's new text in an answer that says more: the whole file, the whole class, neighbours. Nothing but the scope may read otherwise than the document.

import { opensLevel } from '../indentation/indentation-units.ts';
import { ColumnMap } from './column-map.ts';
import { declarationIn } from './declared-names.ts';
import { declaredIn } from './declared-outline.ts';
import { withoutImports } from './import-lines.ts';
import { columnOf, continuesBlock, isDecoration, isLoneCloser, withoutOuterBlanks } from './line-kinds.ts';
import { filledLines, gap, matchStart, type Pattern, type PatternLine, patternOf } from './line-match.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { ScopeText } from './scope-text.ts';

export interface ScopeInDocument {
  readonly scope: ScopeText;
  readonly around: Neighbourhood;
}

/** The part of `answer` (without the imports at its top) that is the scope's new text; undefined if there is none, or if more than one could be it. */
export function cutToScope(answer: readonly string[], { scope, around }: ScopeInDocument): string[] | undefined {
  if (!around.isWholeLines) return undefined;
  const found = new Map<string, string[]>();
  const before = filledLines(withoutImports(around.before).rest).reverse();
  const after = filledLines(around.after);
  for (const header of headersIn(answer, scope)) {
    const cut = cutAround({ answer, header, before, after, scope });
    if (cut && isNewText(cut, { scope, around })) found.set(cut.join('\n'), cut);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** So many lines in front of a scope are no chance where nothing behind it is repeated. */
const leastFront = 2;

/** The same for a scope whose first line has changed and declares nothing, such as a paragraph: what lies between the lines in front of it and those behind it. */
export function cutBetween(answer: readonly string[], { around }: ScopeInDocument): string[] | undefined {
  if (!around.isWholeLines) return undefined;
  const before = filledLines(around.before).reverse();
  const after = filledLines(around.after);
  const filled = answer.flatMap((line, i) => (line.trim() === '' ? [] : [i]));
  // A line for each of the filled ones.
  const pattern = patternOf(answer, true, () => true);
  const isFront = (last: number) => matchStart(pattern.slice(0, last + 1).reverse(), before, new ColumnMap());
  const isBehind = (first: number) => matchStart(pattern.slice(first), after, new ColumnMap());
  const front = filled.findLastIndex((_, i) => isFront(i));
  const behind = filled.findIndex((_, i) => i > front + 1 && isBehind(i));
  if (front < 0) return undefined;
  if (behind < 0 && front + 1 < leastFront && !opensAround(answer, filled[front]!, around)) return undefined;
  const inside = answer.slice(filled[front]! + 1, behind < 0 ? undefined : filled[behind]);
  const lines = withoutOuterBlanks(behind < 0 ? withoutCloser(inside, columnOf(answer[filled[front]!]!)) : inside);
  return lines.length > 0 ? lines : undefined;
}

/** Without the line that closes a block at `column`, if it is the last one. */
function withoutCloser(lines: readonly string[], column: number): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const closes = last >= 0 && columnOf(lines[last]!) === column && isLoneCloser(lines[last]!.trim());
  return closes ? lines.slice(0, last) : lines;
}

/** Whether the line opens the block that the scope is in, and all that follows stands in it. */
function opensAround(answer: readonly string[], front: number, around: Neighbourhood): boolean {
  const above = around.before.findLast((line) => line.trim() !== '') ?? '';
  const column = columnOf(answer[front]!);
  return (
    opensLevel(above) !== undefined &&
    answer[front]!.trim() === above.trim() &&
    withoutCloser(answer.slice(front + 1), column).every((line) => line.trim() === '' || columnOf(line) > column)
  );
}

/** Where the scope's own text may begin in the answer, but for comments and decorators. */
function headersIn(answer: readonly string[], scope: ScopeText): number[] {
  const name = scope.outermost[0]?.name;
  const declaring = declaredIn(answer).filter((one) => one.name === name);
  const lines = new Set(declaring.map(({ line }) => line));
  answer.forEach((line, i) => {
    if (line.trim() === scope.headerKey) lines.add(i);
  });
  return [...lines];
}

interface Candidate {
  readonly answer: readonly string[];
  readonly header: number;
  /** The document in front of the scope, the nearest line first; behind it likewise. */
  readonly before: readonly PatternLine[];
  readonly after: readonly PatternLine[];
  readonly scope: ScopeText;
}

function cutAround(candidate: Candidate): string[] | undefined {
  const { answer, header } = candidate;
  for (let from = header; from >= 0; from--) {
    const cut = cutFrom(candidate, from);
    if (cut) return cut;
    if (from > 0 && !isDecoration(answer[from - 1]!.trim())) return undefined;
  }
  return undefined;
}

/** The scope's text begins at line `from` of the answer: in front of that the document must read the same, and behind it, too. */
function cutFrom({ answer, header, before, after, scope }: Candidate, from: number): string[] | undefined {
  const isOwn = (key: string) => scope.has(key);
  const own = declaredIn(answer).find(({ line }) => line === header)?.column ?? columnOf(answer[header]!);
  const front = patternOf(answer.slice(0, from), true, isOwn);
  const isShell = isEnclosing(front, before, scope.headerColumn);
  const columns = new ColumnMap([[own, scope.headerColumn]]);
  const known = matchFront(front, before, columns, isShell);
  if (!known) return undefined;
  const rest = patternOf(answer.slice(header + 1), false, isOwn);
  let filled = 0;
  for (let to = header + 1; to < answer.length; to++) {
    if (answer[to]!.trim() === '') continue;
    const at = filled++;
    if (!mayBegin(answer[to]!, own)) continue;
    const behind = rest.slice(at);
    const isElided = isShell && behind.every((line) => line === gap || isLoneCloser(line.key));
    if (matchStart(isElided ? [gap, ...behind] : behind, after, known)) {
      const cut = withoutOuterBlanks(answer.slice(from, to));
      return isShell ? withoutRemarks(cut, own, isOwn) : cut;
    }
  }
  return front.length > 0 && isAlone(answer.slice(header + 1), own, scope)
    ? withoutOuterBlanks(answer.slice(from))
    : undefined;
}

/** Comments behind all of a member speak of the others, which were left out. */
function withoutRemarks(lines: readonly string[], own: number, isOwn: (key: string) => boolean): string[] {
  const isRemark = (line: string) =>
    line.trim() === '' || (columnOf(line) <= own && /^(?:\/\/|#\s|--\s)/.test(line.trim()) && !isOwn(line.trim()));
  return lines.slice(0, lines.findLastIndex((line) => !isRemark(line)) + 1);
}

/** Whether a neighbour may begin with this line: what closes a block where the scope begins is the scope's own. */
function mayBegin(line: string, own: number): boolean {
  const key = line.trim();
  const column = columnOf(line);
  return key !== '' && (column < own || (column === own && !continuesBlock(key)));
}

/** In a shell, which is only what encloses the scope, the other members of a class were left out. */
function matchFront(
  front: Pattern,
  before: readonly PatternLine[],
  columns: ColumnMap,
  isShell: boolean,
): ColumnMap | undefined {
  const upwards = front.toReversed();
  return matchStart(isShell ? upwards.flatMap((line) => [gap, line]) : upwards, before, columns);
}

/** Whether all lines of the front open a block around the scope. */
function isEnclosing(front: Pattern, before: readonly PatternLine[], scopeColumn: number): boolean {
  const around = new Set<string>();
  let least = scopeColumn;
  for (const { key, column } of before) {
    if (column! >= least || isDecoration(key)) continue;
    if (!continuesBlock(key)) around.add(key);
    least = column!;
  }
  return (
    front.some((line) => line !== gap) &&
    front.every((line) => line === gap || around.has(line.key) || isDecoration(line.key))
  );
}

/** Whether nothing stands beside the scope's text in what follows its header but new definitions. */
function isAlone(lines: readonly string[], own: number, scope: ScopeText): boolean {
  return lines.every((line) => {
    const key = line.trim();
    const column = columnOf(line);
    if (key === '' || column > own) return true;
    if (column < own) return false;
    return continuesBlock(key) || isDecoration(key) || scope.has(key) || declarationIn(key) !== undefined;
  });
}

/** It declares what the scope does, and nothing that stands beside the scope. */
function isNewText(lines: readonly string[], { scope, around }: ScopeInDocument): boolean {
  const names = declaredIn(lines).filter(({ path }) => path === '');
  const beside = new Set(around.siblings(scope.headerColumn).map(({ name }) => name));
  if (names.some(({ name }) => !scope.hasOutermost(name) && beside.has(name))) return false;
  return scope.declares
    ? scope.outermost.every(({ name }) => names.some((one) => one.name === name && scope.isOwn(one)))
    : lines.some((line) => line.trim() === scope.headerKey);
}
