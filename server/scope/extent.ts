// How far a scope reaches around its node: export, decorators, the comments directly above, whole lines (DESIGN.md §4.2).

import type { Span } from '../text/span.ts';
import { attachedFrom, enclosingAt, visibleEnd } from './attachments.ts';
import type { Node } from './grammar.ts';
import { breaksBetween, lineEndIfLast, lineStart, lineStartIfFirst, nextLine, skipBlanks } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

/** Steps that `node.parent` costs: tree-sitter's nodes do not know their parent, it is found by a walk from the root. */
const parentSteps = 200;

/** The scope of a node: whole lines unless other code shares them, without the last line break. */
export function extentOf(parsed: ParsedText, node: Node): Span {
  const outer = wrapperOf(parsed, node);
  const from = attachedFrom(parsed, outer.startIndex);
  return widenToLines(parsed, { from, to: indentedTo(parsed, outer) });
}

/** `span` widened to whole lines, if nothing but blanks, comments behind it and a `;` or `,` shares them; else as it is. */
export function widenToLines(parsed: ParsedText, span: Span): Span {
  const from = lineStartIfFirst(parsed.text, span.from);
  const to = tailTo(parsed, span.to);
  return from === undefined || to === undefined ? span : { from, to };
}

/** The outermost node that wraps `node` and nothing else, e.g. its declaration with `export`. */
export function wrapperOf(parsed: ParsedText, node: Node): Node {
  const { wrapper } = parsed.grammar.manifest.nodes;
  let outer = node;
  for (let parent = node.parent; parent && wrapper.includes(parent.type); parent = parent.parent) {
    parsed.budget.spend(parentSteps);
    if (isGroup(parsed, parent)) break;
    outer = parent;
  }
  return outer;
}

/** Whether a declaration declares several things, each a part of its own: `const a = 1, b = 2`, `type ( … )`. */
export function isGroup({ grammar }: ParsedText, node: Node): boolean {
  if (!grammar.manifest.nodes.group?.includes(node.type)) return false;
  return node.namedChildCount > 1 || [node.child(0), node.child(1)].some((child) => child?.type === '(');
}

/** The end of the line, if only blanks, `;`, `,` and comments stand on it from `from` on. */
function tailTo(parsed: ParsedText, from: number): number | undefined {
  const { text } = parsed;
  for (let at = from; ; ) {
    const to = lineEndIfLast(text, at);
    if (to !== undefined) return to;
    at = skipBlanks(text, at);
    const comment = enclosingAt(parsed, at, parsed.grammar.manifest.nodes.comment);
    if (text[at] === ';' || text[at] === ',') at++;
    else if (comment?.startIndex === at && breaksBetween(text, at, visibleEnd(parsed, comment)) === 0)
      at = visibleEnd(parsed, comment);
    else return undefined;
  }
}

/**
 * In a language whose blocks are indentation, a block includes lines that its node leaves out: those below it that are indented deeper than its first line and
 * hold only a comment, or only white space (where someone is about to write).
 */
function indentedTo(parsed: ParsedText, node: Node): number {
  const { text, grammar } = parsed;
  const own = visibleEnd(parsed, node);
  if (!grammar.manifest.indented) return own;
  let to = own;
  const indent = node.startIndex - lineStart(text, node.startIndex);
  for (let at = to, end = tailTo(parsed, at); end !== undefined; end = tailTo(parsed, at)) {
    const first = skipBlanks(text, lineStart(text, end), end);
    const deeper = first - lineStart(text, end) > indent;
    if (deeper) to = end;
    else if (first < end && at > own) break;
    at = nextLine(text, end);
    if (at === end) break;
  }
  return to;
}
