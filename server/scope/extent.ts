// How far a scope reaches around its node: export, decorators, the comments directly above, whole lines (design §4).

import type { Span } from '../text/span.ts';
import type { Node } from './grammar.ts';
import {
  breaksBetween,
  lineFrom,
  lineFromIfFirst,
  lineToIfLast,
  nextLine,
  skipBlanks,
  skipBlanksBack,
} from './lines.ts';
import type { Parsed } from './parsed.ts';

/** A node knows no parent: it is looked for from the root. */
const PARENT_STEPS = 200;

/** The scope of a node: whole lines unless other code shares them, without the last line break. */
export function extentOf(parsed: Parsed, node: Node): Span {
  const outer = wrapperOf(parsed, node);
  const from = attachedFrom(parsed, outer.startIndex);
  return wholeLines(parsed, { from, to: indentedTo(parsed, outer) });
}

/** `span` widened to whole lines, if nothing but blanks, comments behind it and a `;` or `,` shares them; else as it is. */
export function wholeLines(parsed: Parsed, span: Span): Span {
  const from = lineFromIfFirst(parsed.text, span.from);
  const to = tailTo(parsed, span.to);
  return from === undefined || to === undefined ? span : { from, to };
}

/** The innermost node of one of these types around the character at `offset`: one walk down, because each look for a parent is another walk from the root. */
export function enclosingAt(parsed: Parsed, offset: number, types: readonly string[]): Node | undefined {
  let found: Node | undefined;
  for (const node of parsed.downTo(offset)) if (types.includes(node.type)) found = node;
  return found;
}

/** Where a node ends for a reader: the comments of some grammars go on over the blanks behind them, even the line break. */
export function endOf({ text }: Parsed, node: Node): number {
  return skipBlanksBack(text, node.endIndex, node.startIndex);
}

/** The outermost node that is one with `node`: its declaration with `export`. */
export function wrapperOf({ grammar, effort }: Parsed, node: Node): Node {
  const { wrapper } = grammar.manifest.nodes;
  let outer = node;
  for (let parent = node.parent; parent && wrapper.includes(parent.type); parent = parent.parent) {
    effort.spend(PARENT_STEPS);
    outer = parent;
  }
  return outer;
}

/** Where the comments and decorators begin that stand directly above `from`, or before it on its line. */
function attachedFrom(parsed: Parsed, from: number): number {
  const { text } = parsed;
  let start = from;
  for (;;) {
    const to = skipBlanksBack(text, start);
    if (to === 0 || breaksBetween(text, to, start) > 1) return start;
    const node = attachedEnding(parsed, to);
    if (!node || !isOwn(parsed, node, start)) return start;
    start = node.startIndex;
  }
}

/** A comment behind other code belongs to that code, not to what follows. */
function isOwn(parsed: Parsed, node: Node, start: number): boolean {
  const { text } = parsed;
  if (breaksBetween(text, node.startIndex, start) === 0) return true;
  let first = node;
  while (lineFromIfFirst(text, first.startIndex) === undefined) {
    const before = attachedEnding(parsed, skipBlanksBack(text, first.startIndex));
    if (!before) return false;
    first = before;
  }
  return true;
}

/** The comment or decorator that ends at `to`. */
function attachedEnding(parsed: Parsed, to: number): Node | undefined {
  const node = enclosingAt(parsed, to - 1, parsed.grammar.manifest.nodes.attached);
  return node && endOf(parsed, node) === to ? node : undefined;
}

/** The end of the line, if only blanks, separators and comments stand on it from `from` on. */
function tailTo(parsed: Parsed, from: number): number | undefined {
  const { text } = parsed;
  for (let at = from; ; ) {
    const to = lineToIfLast(text, at);
    if (to !== undefined) return to;
    at = skipBlanks(text, at);
    const comment = enclosingAt(parsed, at, parsed.grammar.manifest.nodes.comment);
    if (text[at] === ';' || text[at] === ',') at++;
    else if (comment?.startIndex === at && breaksBetween(text, at, endOf(parsed, comment)) === 0)
      at = endOf(parsed, comment);
    else return undefined;
  }
}

/**
 * In a language without braces a block goes on over what its node leaves out: lines below with nothing but a comment, or with nothing but
 * white space (someone is about to write there), that are indented deeper than its first line.
 */
function indentedTo(parsed: Parsed, node: Node): number {
  const { text, grammar } = parsed;
  const own = endOf(parsed, node);
  if (!grammar.manifest.indented) return own;
  let to = own;
  const indent = node.startIndex - lineFrom(text, node.startIndex);
  for (let at = to, end = tailTo(parsed, at); end !== undefined; end = tailTo(parsed, at)) {
    const first = skipBlanks(text, lineFrom(text, end), end);
    const deeper = first - lineFrom(text, end) > indent;
    if (deeper) to = end;
    else if (first < end && at > own) break;
    at = nextLine(text, end);
    if (at === end) break;
  }
  return to;
}
