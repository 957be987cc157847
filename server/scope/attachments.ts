// Which comments, decorators and attributes belong to which code: to the declaration below them.

import { rowAbove, rowBelow } from './comment-rows.ts';
import type { Node } from './grammar.ts';
import { breaksBetween, lineStart, lineStartIfFirst, skipBlanks, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

/** The innermost node of one of these types around the character at `offset`, found by one walk down from the root. */
export function enclosingAt(parsed: ParsedText, offset: number, types: readonly string[]): Node | undefined {
  let found: Node | undefined;
  for (const node of parsed.nodesAround(offset)) if (types.includes(node.type)) found = node;
  return found;
}

/** The comment, decorator or attribute around the character at `offset`; the outermost one, as a decorator may hold comments. */
export function attachedAt(parsed: ParsedText, offset: number): Node | undefined {
  const { attached } = parsed.grammar.manifest.nodes;
  for (const node of parsed.nodesAround(offset)) if (attached.includes(node.type)) return node;
  return undefined;
}

/** Where a node's last visible character ends: in some grammars comments include the blanks behind them, even the line break. */
export function visibleEnd({ text }: ParsedText, node: Node): number {
  return skipBlanksBack(text, node.endIndex, node.startIndex);
}

/** Where the comments and decorators directly above `from`, or before it on its line, begin; `from` if there are none. */
export function attachedFrom(parsed: ParsedText, from: number): number {
  const { text } = parsed;
  let start = from;
  for (;;) {
    const to = skipBlanksBack(text, start);
    if (to === 0) return start;
    const node = attachedEnding(parsed, to);
    if (!node || !belongsTo(parsed, node, start) || !isFirstOnLine(parsed, node, start)) return start;
    start = rowAbove(parsed, node);
  }
}

/** The code that the comment or decorator `node` belongs to, below it; undefined if it belongs to none. */
export function codeBelow(parsed: ParsedText, node: Node): number | undefined {
  const { text } = parsed;
  for (let first: Node | undefined = node; first; ) {
    const last = rowBelow(parsed, first);
    const above: Node = last > first.startIndex ? (attachedAt(parsed, last) ?? first) : first;
    const at = skipBlanks(text, visibleEnd(parsed, above));
    if (at === text.length || !belongsTo(parsed, above, at)) return undefined;
    first = attachedAt(parsed, at);
    if (!first) return /[)\]}]/.test(text[at]!) ? undefined : at;
  }
  return undefined;
}

/** Whether a comment or decorator belongs to what begins at `start`, the next thing below it: directly, or a doc comment above one blank line. */
function belongsTo(parsed: ParsedText, node: Node, start: number): boolean {
  const { text, grammar } = parsed;
  const { indented, docComment, nodes } = grammar.manifest;
  const breaks = breaksBetween(text, visibleEnd(parsed, node), start);
  if (breaks > 2) return false;
  if (breaks === 2) {
    if (!docComment || !isDocumentation(parsed, node, docComment)) return false;
    if (enclosingAt(parsed, start, nodes.comment)) return false;
  }
  return !indented || breaks === 0 || columnOf(text, node.startIndex) <= columnOf(text, start);
}

/** UTF-16 units of a comment that are searched for what it is about. */
const searchedUnits = 2000;
const aboutTheFile = /@(license|licence|file|fileoverview|module|packageDocumentation)\b/;

/** Whether it documents a declaration and not the file. */
function isDocumentation({ text }: ParsedText, { startIndex, endIndex }: Node, docComment: string): boolean {
  const comment = text.slice(startIndex, Math.min(endIndex, startIndex + searchedUnits));
  return new RegExp(docComment).test(comment) && !aboutTheFile.test(comment) && skipBlanks(text, 0) < startIndex;
}

const columnOf = (text: string, offset: number) => offset - lineStart(text, offset);

/** Whether a comment before `start` belongs to it, and not to other code before it on its own line. */
function isFirstOnLine(parsed: ParsedText, node: Node, start: number): boolean {
  const { text } = parsed;
  if (breaksBetween(text, node.startIndex, start) === 0) return true;
  let first = node;
  while (lineStartIfFirst(text, first.startIndex) === undefined) {
    const before = attachedEnding(parsed, skipBlanksBack(text, first.startIndex));
    if (!before) return false;
    first = before;
  }
  return true;
}

/** The comment or decorator that ends at `to`. */
function attachedEnding(parsed: ParsedText, to: number): Node | undefined {
  const node = enclosingAt(parsed, to - 1, parsed.grammar.manifest.nodes.attached);
  return node && visibleEnd(parsed, node) === to ? node : undefined;
}
