// Which scope a selection means (DESIGN.md §4.2).

import { contains, type Span } from '../text/span.ts';
import { fits, noBounds, ofModule } from './bounds.ts';
import { type Candidate, choose, type Search } from './choice.ts';
import { commentsAround } from './comment-runs.ts';
import { widenToLines } from './extent.ts';
import type { Node } from './grammar.ts';
import { hiddenScope } from './hidden-scope.ts';
import { childAround, importsAround, itemAt, itemsTouching } from './items.ts';
import { moduleSpan, paragraphAround } from './line-scopes.ts';
import {
  isBlankLine,
  lineEnd,
  lineStart,
  middleOfBlankLines,
  skipBlanks,
  skipBlanksBack,
  trimSpan,
} from './line-spans.ts';
import { isImport } from './outline.ts';
import type { ParsedText } from './parsed-text.ts';
import { itemPart, largestPart, type Part } from './parts.ts';
import { type Place, placeOf } from './place.ts';
import type { Scope, ScopeBounds, ScopeRequest } from './scopes.ts';
import { isStub } from './stubs.ts';

export interface Wanted {
  /** UTF-16 offsets of the text. */
  readonly selection: Span;
  readonly request: ScopeRequest;
  /** For `auto`. */
  readonly bounds?: ScopeBounds | undefined;
}

/** The scope that a selection means, in a text with a tree. */
export function findScope(parsed: ParsedText, { selection, request, bounds }: Wanted): Scope {
  const { text } = parsed;
  const whole = moduleSpan(text);
  if (!whole) return { ...plain, kind: 'insertion', span: { from: 0, to: text.length } };
  const span = trimSpan(text, selection);
  if (request === 'selection') return selected(parsed, span);
  if (request === 'module') return { ...plain, kind: 'module', span: whole };
  const place = placeOf(parsed, span);
  const search: Search = { place, span, request, bounds: request === 'auto' ? (bounds ?? noBounds) : noBounds };
  return hiddenScope(parsed, search) ?? byTree(parsed, search);
}

const plain = { isStub: false, isParsed: true } as const;

function selected(parsed: ParsedText, span: Span): Scope {
  if (span.from === span.to) return { ...plain, kind: 'paragraph', span: paragraphAround(parsed.text, span.from) };
  return { ...plain, kind: 'selection', span: widenToLines(parsed, span) };
}

function byTree(parsed: ParsedText, search: Search): Scope {
  const { place, span, request, bounds } = search;
  const isCursor = span.from === span.to;
  const isBlank = isCursor && isBlankLine(parsed.text, span.from);
  if (request === 'auto' && place.body && (isBlank || place.comment !== undefined)) {
    const imports = importsBelow(parsed, place.body, span);
    if (imports && fits(parsed.text, imports, bounds)) return { ...plain, kind: 'imports', span: imports };
    if (isBlank) return insertion(parsed, span);
  }
  const chosen = choose(parsed, search);
  const limits = chosen?.kind === 'object' ? ofModule(bounds) : bounds;
  for (const candidate of chosen ? withImports(parsed, chosen) : [])
    if (fits(parsed.text, candidate.extent, limits)) return scopeOf(parsed, candidate);
  if (isBlank) return ofBlank(parsed, search, chosen?.index ?? 0);
  if (!isCursor) return ofRange(parsed, search);
  if (place.comment !== undefined && place.body) return ofComment(parsed, place.comment, search);
  return partOf(parsed, search, chosen?.index ?? 0);
}

/** How many comments may stand above an import. */
const maxComments = 20;

/** Of an import first the row that it is in, then itself. */
function withImports(parsed: ParsedText, chosen: Candidate): Candidate[] {
  return chosen.kind === 'imports' ? [{ ...chosen, extent: importsAround(parsed, chosen.node) }, chosen] : [chosen];
}

/** The imports in a row that `span`, a blank line or a comment, is between. */
function importsBelow(parsed: ParsedText, body: Node, span: Span): Span | undefined {
  const { attached } = parsed.grammar.manifest.nodes;
  let below: Node | null = childAround(parsed, body, skipBlanks(parsed.text, span.from)) ?? null;
  for (let n = 0; below && n < maxComments && attached.includes(below.type); n++) below = below.nextNamedSibling;
  const imports = below && isImport(parsed, below) ? importsAround(parsed, below) : undefined;
  return imports && contains(imports, span) ? imports : undefined;
}

function insertion({ text }: ParsedText, span: Span): Scope {
  const at = middleOfBlankLines(text, span.from);
  return { ...plain, kind: 'insertion', span: { from: at, to: at } };
}

/** On a blank line of a scope that is too large: the item there that is not, else a place to insert; within a string the lines above. */
function ofBlank(parsed: ParsedText, search: Search, index: number): Scope {
  const { place, span, bounds } = search;
  const part = itemPart(parsed, { path: place.path, index, span, bounds });
  if (part) return scopeOfPart(parsed, place, part);
  const inner = place.path.nodes.findLast(({ type }) => type.trim() !== '');
  if (!inner || parsed.grammar.manifest.nodes.items.includes(inner.type)) return insertion(parsed, span);
  const at = skipBlanksBack(parsed.text, span.from);
  const above = { from: at, to: at };
  return partOf(parsed, { place: placeOf(parsed, above), span: above, bounds }, index);
}

function ofComment(parsed: ParsedText, at: number, { place, span, bounds }: Search): Scope {
  const comments = commentsAround(parsed, at);
  if (comments && fits(parsed.text, comments, bounds) && contains(comments, span))
    return { ...plain, kind: 'comment', span: comments };
  return partOf(parsed, { place, span, bounds }, place.path.nodes.length);
}

/** The items in a row that a range touches, else its lines, else what a cursor at its start would mean. */
function ofRange(parsed: ParsedText, search: Search): Scope {
  const { place, span, bounds } = search;
  const { nodes } = place.path;
  const { items, holder } = parsed.grammar.manifest.nodes;
  const at = place.body
    ? nodes.findIndex(({ id }) => id === place.body!.id)
    : nodes.findLastIndex(({ type }) => items.includes(type));
  const run = nodes[at] && itemsTouching(parsed, nodes[at], span);
  if (run && fits(parsed.text, run, bounds)) {
    const isMember = holder?.includes(nodes[at - 1]?.type ?? '');
    return { ...plain, kind: isMember ? 'member' : 'statement', span: run };
  }
  const lines = { from: lineStart(parsed.text, span.from), to: lineEnd(parsed.text, span.to) };
  if (fits(parsed.text, lines, bounds)) return { ...plain, kind: 'selection', span: lines };
  const start = { from: span.from, to: span.from };
  return byTree(parsed, { ...search, span: start, place: placeOf(parsed, start) });
}

function partOf(parsed: ParsedText, { place, span, bounds }: Omit<Search, 'request'>, index: number): Scope {
  return scopeOfPart(parsed, place, largestPart(parsed, { path: place.path, index, span, bounds }));
}

function scopeOfPart(parsed: ParsedText, place: Place, part: Part): Scope {
  if (part.index === undefined) return { ...plain, kind: 'paragraph', span: part.span };
  const { kind, name } = itemAt(parsed, place.path, part.index);
  return {
    ...plain,
    kind: kind === 'object' ? 'statement' : kind,
    span: part.span,
    ...(name !== undefined && { name }),
  };
}

function scopeOf(parsed: ParsedText, { kind, definition, name, extent }: Candidate): Scope {
  const mayBeStub = kind === 'function' || kind === 'class';
  return {
    span: extent,
    kind,
    ...(name !== undefined && { name }),
    isStub: mayBeStub && isStub(parsed, definition, extent),
    isParsed: true,
  };
}
