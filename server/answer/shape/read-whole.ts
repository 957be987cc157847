// Reads a whole answer that does not begin as the scope does: more than the scope, less, or another thing.

import { isPlaceholder } from '../placeholder-lines.ts';
import { mayGo } from './asked-for.ts';
import { cutBetween, cutToScope, type ScopeInDocument } from './cut-to-scope.ts';
import { declarationIn } from './declared-names.ts';
import { type Declared, declaredIn } from './declared-outline.ts';
import { placeOfFragment } from './fragment.ts';
import { isProposable, withoutImports } from './import-lines.ts';
import { blockEnd, isWeighty, partsBlocks, withoutOuterBlanks } from './line-kinds.ts';
import { placeOfMember } from './member-place.ts';
import { splice } from './splice-lines.ts';

export interface WholeAnswer {
  /** The scope's whole new text. */
  readonly lines: readonly string[];
  /** Statements in front of it that the file lacks. */
  readonly imports: readonly string[];
  /** What was put right, as nouns for people. */
  readonly putRight: readonly string[];
}

export interface WholeOptions extends ScopeInDocument {
  /** One level of the document's indentation, if it has any. */
  readonly unit: string | undefined;
  readonly instruction: string;
}

export const moreThanScope = 'more than the scope';
export const onlyChanged = 'only the changed lines';
export const onlyPart = 'the answer is only a part of the scope, and its place is not certain';

/** A string says why the answer can't be the scope's new text. */
export function readWhole(answer: readonly string[], options: WholeOptions): WholeAnswer | string {
  const { scope, around } = options;
  if (!scope.declares) return readPlain(answer, options);
  const { rest, imports } = scope.hasImports
    ? { rest: answer, imports: [] }
    : withoutImports(answer, beginOf(answer, options));
  const fresh = imports.filter((one) => !around.imports(one));
  const foreign = fresh.find((one) => !isProposable(one));
  if (foreign !== undefined) return changesOutside(foreign);
  const found = readDefinition(withoutOuterBlanks(rest), options);
  if (typeof found === 'string') return found;
  const areThere = imports.length > fresh.length && found.putRight !== moreThanScope;
  return {
    lines: found.lines,
    imports: fresh,
    putRight: [...(found.putRight ? [found.putRight] : []), ...(areThere ? ['imports that are there already'] : [])],
  };
}

/** Where the scope's own text may begin, at the earliest: imports stand in front of that. */
function beginOf(answer: readonly string[], { scope }: WholeOptions): number {
  const begin = answer.findIndex((line) => {
    const name = line.trim() === '' ? undefined : declarationIn(line)?.name;
    return line.trim() === scope.headerKey || (name !== undefined && scope.hasOutermost(name));
  });
  return begin < 0 ? answer.length : begin;
}

interface ReadLines {
  readonly lines: readonly string[];
  readonly putRight?: string;
}

/** The scope declares something. `answer`: without the imports at its top. */
function readDefinition(answer: readonly string[], options: WholeOptions): ReadLines | string {
  const { scope } = options;
  const cut = cutToScope(answer, options);
  if (cut) return { lines: cut, putRight: moreThanScope };
  const placeholder = answer.find((line) => isPlaceholder(line) && !scope.has(line.trim()));
  if (placeholder !== undefined) return leavesOut(placeholder);
  const outermost = declaredIn(answer).filter(({ path }) => path === '');
  const stranger = outermost.find((one) => isOfDocument(one, options));
  const isWhole = outermost.some((one) => scope.isOwn(one)) && !partsBlocks(answer, 2);
  if (stranger)
    return isWhole || holdsScope(answer, options) ? outside(answer, stranger, options) : notTheScope(stranger);
  if (isWhole) return { lines: answer };
  const placed = place(answer, options);
  if (placed) return { lines: placed, putRight: onlyChanged };
  return keepsBody(answer, options) && mayGo(scope.outermost[0]!.name, options.instruction)
    ? { lines: answer }
    : onlyPart;
}

/** Declared by the document around the scope, and not by the scope. */
function isOfDocument({ name, kind }: Declared, { scope, around }: WholeOptions): boolean {
  return kind !== 'value' && scope.named(name).length === 0 && scope.inner(name).length === 0 && around.declares(name);
}

function holdsScope(answer: readonly string[], { scope }: WholeOptions): boolean {
  return answer.some((line) => {
    const one = declarationIn(line);
    return one !== undefined && scope.hasOutermost(one.name);
  });
}

function place(answer: readonly string[], { scope, unit, instruction }: WholeOptions): string[] | undefined {
  const into = { lines: scope.lines, unit };
  const member = placeOfMember(answer, scope, instruction);
  if (member) return splice(member.lines, member.placement, into);
  // A definition of the scope that is not whole, or not alone: where it ends there can't be told.
  const isMember = declaredIn(answer).some(
    ({ path, kind, name }) => path === '' && kind !== 'value' && scope.inner(name).length > 0,
  );
  if (isMember) return undefined;
  const placement = placeOfFragment(answer, scope.lines);
  return placement && splice(answer, placement, into);
}

/** What of the scope's lines a text must have to be another form of all of it. */
const keptShare = 0.5;

function keepsBody(answer: readonly string[], { scope }: WholeOptions): boolean {
  const keys = new Set(answer.map((line) => line.trim()));
  const own = scope.lines.filter((line, i) => i !== scope.header && isWeighty(line.trim()));
  return own.length > 0 && own.filter((line) => keys.has(line.trim())).length >= keptShare * own.length;
}

/** The scope declares nothing: statements, a rule of a style sheet, a paragraph. */
function readPlain(answer: readonly string[], options: WholeOptions): WholeAnswer | string {
  const cut = cutToScope(answer, options) ?? cutBetween(answer, options);
  if (cut) return { lines: cut, imports: [], putRight: [moreThanScope] };
  const repeated = repeatedNeighbour(answer, options);
  return repeated === undefined ? { lines: answer, imports: [], putRight: [] } : holdsOutside(repeated);
}

/** The first of the lines with which the answer goes through the document in front of the scope; one that reads so may be chance. */
function repeatedNeighbour(answer: readonly string[], { scope, around }: WholeOptions): string | undefined {
  const before = around.before.map((line) => line.trim()).filter(isWeighty);
  const keys = answer.map((line) => line.trim()).filter(isWeighty);
  const [first, second] = keys;
  if (first === undefined || scope.has(first)) return undefined;
  const isRow = before.some(
    (key, i) => key === first && (i + 1 === before.length ? second === scope.headerKey : before[i + 1] === second),
  );
  return isRow ? first : undefined;
}

/** What of an answer that holds the scope is not as the document has it. */
function outside(answer: readonly string[], stranger: Declared, { scope, around }: WholeOptions): string {
  const own = declaredIn(answer).find(({ name }) => scope.hasOutermost(name));
  const end = own ? blockEnd(answer, own.line, own.column) : 0;
  const changed = answer.find((line, i) => {
    const key = line.trim();
    return (!own || i < own.line || i >= end) && isWeighty(key) && !around.has(key);
  });
  return changed === undefined ? holdsOutside(stranger.key) : changesOutside(changed);
}

/** Said likewise where a placeholder stands inside of the scope. */
export function leavesOut(placeholder: string): string {
  return `the answer leaves code out: ${placeholder.trim()}`;
}

export function changesOutside(line: string): string {
  return `the answer also changes code outside the scope: \`${line.trim()}\``;
}

export function holdsOutside(line: string): string {
  return `the answer also holds \`${line}\`, which is outside the scope`;
}

function notTheScope({ key, name }: Declared): string {
  const last = name.split(/[\s.]+/).at(-1)!;
  const at = key.indexOf(last);
  return `the answer is \`${at < 0 ? key : key.slice(0, at + last.length)}\`, not the scope`;
}
