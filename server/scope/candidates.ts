// The candidates for a scope: what the language's query captures around one place.

import { contains, type Span } from '../text/span.ts';
import { assertQueryable, runQuery } from './bounded-query.ts';
import { enclosingAt, extentOf } from './extent.ts';
import { indexRange, type Node } from './grammar.ts';
import { breaksBetween, lineEnd, lineStart, skipBlanks, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

/** A `callback` (a function without a name) only counts where no named function is around it. */
export type CandidateKind = 'function' | 'callback' | 'class' | 'object';

export interface Candidate {
  readonly kind: CandidateKind;
  /** The node that the query captures as the scope; the span may reach further. */
  readonly node: Node;
  /** The function or class itself, which has the field `body`. Two candidates with the same definition are two names of one thing. */
  readonly definition: Node;
  /** UTF-16 offsets of the text; see `extentOf`. */
  readonly span: Span;
  readonly name?: string;
}

/** UTF-16 units. On a longer line (a minified file) the query only looks this far to either side. */
const nearUnits = 2000;

/** Steps that one match costs beside its extent. */
const matchSteps = 10;
/** UTF-16 units. A longer name is left out: it may be a key of a megabyte. */
const maxNameUnits = 200;

/** All candidates that hold `span` (offsets into the text), in no particular order. */
export function candidatesAround(parsed: ParsedText, span: Span): Candidate[] {
  const near = candidatesIn(parsed, parsed.root, windowOf(parsed, span.from));
  return near.filter((candidate) => contains(candidate.span, span));
}

/** All candidates that touch `window`. `depth` bounds how many levels below `node` they may begin. */
export function candidatesIn(parsed: ParsedText, node: Node, window: Span, depth?: number): Candidate[] {
  assertQueryable(parsed, window);
  const matches = runQuery(parsed, (progress) =>
    parsed.grammar.scopes.matches(node, { ...indexRange(window), ...progress, ...(depth && { maxStartDepth: depth }) }),
  );
  return matches.flatMap(({ captures }) => {
    parsed.budget.spend(matchSteps);
    const scope = captures.find(({ name }) => name.startsWith('scope.'));
    if (!scope) return [];
    const captured = (name: string) => captures.find((capture) => capture.name === name)?.node;
    const name = shortName(captured('name'));
    return {
      kind: scope.name.slice('scope.'.length) as CandidateKind,
      node: scope.node,
      definition: captured('definition') ?? scope.node,
      span: extentOf(parsed, scope.node),
      ...(name && { name: parsed.text.slice(name.startIndex, name.endIndex).replace(/^(['"])(.*)\1$/, '$2') }),
    };
  });
}

function shortName(name: Node | undefined): Node | undefined {
  return name && name.endIndex - name.startIndex <= maxNameUnits ? name : undefined;
}

/** The line of `offset`, extended up and down to the code that its comment, decorator or indentation may belong to. */
function windowOf(parsed: ParsedText, offset: number): Span {
  const { text, grammar } = parsed;
  const line = lineStart(text, offset, Math.max(offset - nearUnits, 0));
  return { from: grammar.manifest.indented ? codeAbove(parsed, line) : line, to: codeBelow(parsed, line, offset) };
}

/** The last character of code above `from`, comments aside. */
function codeAbove(parsed: ParsedText, from: number): number {
  for (let at = from; ; ) {
    at = skipBlanksBack(parsed.text, at) - 1;
    const comment = at < 0 ? undefined : enclosingAt(parsed, at, parsed.grammar.manifest.nodes.comment);
    if (!comment) return Math.max(at, 0);
    at = comment.startIndex;
  }
}

/**
 * The end of the line of `offset`, which begins at `from`; if there is a comment or decorator, the end of the first line of the code that it belongs to
 * (where `export` may stand before the function).
 */
function codeBelow(parsed: ParsedText, from: number, offset: number): number {
  const { text } = parsed;
  let to = lineEnd(text, offset, Math.min(offset + nearUnits, text.length));
  for (let at = skipBlanks(text, from, to); at < text.length; ) {
    const node = enclosingAt(parsed, at, parsed.grammar.manifest.nodes.attached);
    to = Math.max(to, lineEnd(text, at, Math.min(at + nearUnits, text.length)));
    if (!node) break;
    at = skipBlanks(text, node.endIndex);
    if (breaksBetween(text, node.endIndex, at) > 1) break;
  }
  return to;
}
