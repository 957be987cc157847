// What a text declares, by the indentation of its lines: at its outermost level, and inside of what has members. What stands inside a function is its own affair.

import { type Declaration, declarationIn } from './declared-names.ts';
import { CodeLines, columnOf, continuesBlock } from './line-kinds.ts';

export interface Declared extends Declaration {
  /** Counted from 0. */
  readonly line: number;
  readonly column: number;
  /** The line, trimmed. */
  readonly key: string;
  /** The names around it, each with a `/` behind; '' at the outermost level. */
  readonly path: string;
}

interface Level {
  readonly column: number;
  readonly path: string;
  readonly hasMembers: boolean;
}

/** In the order of their lines. */
export function declaredIn(lines: readonly string[]): Declared[] {
  const follower = new CodeLines();
  const isCode = lines.map((line) => follower.push(line));
  const first = isCode.indexOf(true);
  const declared: Declared[] = [];
  let levels: Level[] = [];
  for (let line = first; line >= 0 && line < lines.length; line++) {
    if (!isCode[line]) continue;
    const key = lines[line]!.trim();
    const column = line === first ? outerColumn(lines, isCode, first) : columnOf(lines[line]!);
    const goesOn = continuesBlock(key);
    levels = levels.filter((level) => level.column < column || (goesOn && level.column === column));
    if (goesOn) continue;
    const around = levels.at(-1);
    const found = !around || around.hasMembers ? declarationAt(lines, line, column) : undefined;
    const path = around?.path ?? '';
    if (found) declared.push({ ...found, line, column, key, path });
    levels.push({ column, path: `${path}${found?.name ?? ''}/`, hasMembers: found?.kind === 'container' });
  }
  return declared;
}

/** The column of the first line: that of its own block's end, where the line has lost its indentation and the others have not. */
export function outerColumn(lines: readonly string[], isCode: readonly boolean[], first: number): number {
  const own = columnOf(lines[first]!);
  // The rest of a signature may stand anywhere.
  const body = lines.findIndex((line, i) => i >= first && !/[,(]$/.test(line.trimEnd())) + 1;
  const columns = lines.flatMap((line, i) =>
    i >= body && isCode[i] && !/^\s*[)\]]/.test(line) ? [columnOf(line)] : [],
  );
  const least = Math.min(...columns);
  return columns.length > 0 && least > own && least < columns[0]! ? least : own;
}

/** Where the line alone does not tell, what closes its brackets or opens its block does. */
function declarationAt(lines: readonly string[], line: number, column: number): Declaration | undefined {
  const key = lines[line]!.trim();
  const found = declarationIn(key);
  if (found && !isOpenValue.test(key)) return found;
  if (found || isOpenHead.test(key)) return declarationIn(headOnOneLine(lines, line, column));
  return lines[line + 1]?.trim() === '{' && key.endsWith(')') ? declarationIn(`${key} {`) : undefined;
}

/** `name = (`: the parameters of a function, or a list. */
const isOpenValue = /[=:]\s*(?:async\s*)?\($/;
const isOpenHead = /^[\w$#*[\].,\s]*[\w$\]](?:\($|<(?:$|.*>\($))/;

/** A head whose type parameters or parameters take lines of their own: with these left out. */
function headOnOneLine(lines: readonly string[], line: number, column: number): string {
  let head = lines[line]!.trim();
  for (let at = line + 1; at < lines.length && /[(<]$/.test(head); at++) {
    const key = lines[at]!.trim();
    if (key === '' || columnOf(lines[at]!) > column) continue;
    const isTypes = head.endsWith('<');
    if (!key.startsWith(isTypes ? '>' : ')')) break;
    head = isTypes ? head.slice(0, -1) + key.slice(1) : head + key;
  }
  return head;
}
