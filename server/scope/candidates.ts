// The scopes that a tree has around one place, as the language's query names them.

import { contains, type Span } from '../text/span.ts';
import { ask, checkShape } from './asking.ts';
import { enclosingAt, extentOf } from './extent.ts';
import { type Node, within } from './grammar.ts';
import { breaksBetween, lineFrom, lineTo, skipBlanks, skipBlanksBack } from './lines.ts';
import type { Parsed } from './parsed.ts';

/** A `callback` is a function scope where no named function is around it. */
export type CandidateKind = 'function' | 'callback' | 'class' | 'object';

export interface Candidate {
  readonly kind: CandidateKind;
  /** What the query calls the scope; the span may reach further. */
  readonly node: Node;
  /** The function or class itself, whose field `body` is its body. Tells the names of one thing from two things. */
  readonly definition: Node;
  readonly span: Span;
  readonly name?: string;
}

/** On a line longer than this (a minified file) only what is this near is looked at. UTF-16 units. */
const NEAR_UNITS = 2000;

/** What looking at one match costs beside what its extent does. */
const MATCH_STEPS = 10;
/** A longer name tells nobody anything: a key of a megabyte. */
const NAME_UNITS = 200;

/** All scopes that hold `span` (offsets into the text), in no order. */
export function candidatesAround(parsed: Parsed, span: Span): Candidate[] {
  const near = candidatesIn(parsed, parsed.root, windowOf(parsed, span.from));
  return near.filter((candidate) => contains(candidate.span, span));
}

/** The scopes that touch `window`. `depth` bounds how far below `node` they may begin. */
export function candidatesIn(parsed: Parsed, node: Node, window: Span, depth?: number): Candidate[] {
  checkShape(parsed, window);
  const matches = ask(parsed, (progress) =>
    parsed.grammar.scopes.matches(node, { ...within(window), ...progress, ...(depth && { maxStartDepth: depth }) }),
  );
  return matches.flatMap(({ captures }) => {
    parsed.effort.spend(MATCH_STEPS);
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
  return name && name.endIndex - name.startIndex <= NAME_UNITS ? name : undefined;
}

/** The line of `offset`, and all up or down to what its comment, decorator or indentation may belong to. */
function windowOf(parsed: Parsed, offset: number): Span {
  const { text, grammar } = parsed;
  const line = lineFrom(text, offset, Math.max(offset - NEAR_UNITS, 0));
  return { from: grammar.manifest.indented ? codeAbove(parsed, line) : line, to: codeBelow(parsed, line, offset) };
}

/** The end of the code above `from`. */
function codeAbove(parsed: Parsed, from: number): number {
  for (let at = from; ; ) {
    at = skipBlanksBack(parsed.text, at) - 1;
    const comment = at < 0 ? undefined : enclosingAt(parsed, at, parsed.grammar.manifest.nodes.comment);
    if (!comment) return Math.max(at, 0);
    at = comment.startIndex;
  }
}

/**
 * The end of the line of `offset`, which begins at `from`, or that of the first line of the code that its comment or decorator belongs to: an
 * `export` stands before the function there.
 */
function codeBelow(parsed: Parsed, from: number, offset: number): number {
  const { text } = parsed;
  let to = lineTo(text, offset, Math.min(offset + NEAR_UNITS, text.length));
  for (let at = skipBlanks(text, from, to); at < text.length; ) {
    const node = enclosingAt(parsed, at, parsed.grammar.manifest.nodes.attached);
    to = Math.max(to, lineTo(text, at, Math.min(at + NEAR_UNITS, text.length)));
    if (!node) break;
    at = skipBlanks(text, node.endIndex);
    if (breaksBetween(text, node.endIndex, at) > 1) break;
  }
  return to;
}
