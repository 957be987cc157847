// Which scope a selection means (DESIGN.md §4.2).

import { contains, type Span } from '../text/span.ts';
import { insertionAt } from './blank-lines.ts';
import { type Candidate, candidatesAround } from './candidates.ts';
import { widenToLines } from './extent.ts';
import { moduleSpan, paragraphAround } from './line-scopes.ts';
import { isBlankLine, trimSpan } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';
import { isComponent, isComponentName, isStub, looksLikeMarkup } from './scope-traits.ts';
import type { Scope, ScopeRequest } from './scopes.ts';
import { skeletonAround } from './skeleton.ts';

/** The scope that `selection` (UTF-16 offsets) means, in a text with a tree; undefined only if the text is blank. */
export function findScope(parsed: ParsedText, selection: Span, request: ScopeRequest): Scope | undefined {
  const { text } = parsed;
  const whole = moduleSpan(text);
  if (!whole) return undefined;
  const span = trimSpan(text, selection);
  if (request === 'selection') return selected(parsed, span);
  if (request === 'module') return { ...plain, kind: 'module', span: whole };
  const chosen = choose(candidatesAround(parsed, span), span, request);
  if (request === 'auto' && chosen?.kind !== 'function' && chosen?.kind !== 'callback' && isBlankCursor(text, span)) {
    const place = insertionAt(parsed, span.from);
    if (place) return { ...plain, kind: 'insertion', span: place };
  }
  const hasError = chosen ? chosen.node.hasError : parsed.root.hasError;
  return (
    (hasError && scopeBySkeleton(parsed, { span, request, chosen })) ||
    (chosen ? scopeOf(parsed, chosen) : { ...plain, kind: 'module', span: whole })
  );
}

function isBlankCursor(text: string, { from, to }: Span): boolean {
  return from === to && isBlankLine(text, from);
}

interface RecoveryInput {
  readonly span: Span;
  readonly request: ScopeRequest;
  /** The scope by the tree with the syntax error. */
  readonly chosen: Candidate | undefined;
}

/** The scope by the layout of the lines; undefined if that shows none, or if the tree's own candidate is a smaller one of the same kind. */
function scopeBySkeleton(parsed: ParsedText, { span, request, chosen }: RecoveryInput): Scope | undefined {
  const skeleton = parsed.grammar.manifest.indented ? undefined : skeletonAround(parsed, span);
  if (!skeleton) return undefined;
  const shifted = { from: span.from - skeleton.at, to: span.to - skeleton.at };
  const found = choose(candidatesAround(skeleton.parsed, shifted), shifted, request);
  skeleton.parsed.dispose();
  if (!found) return undefined;
  const { kind, name } = found;
  const whole = { from: found.span.from + skeleton.at, to: found.span.to + skeleton.at };
  if (chosen && chosen.kind === kind && contains(whole, chosen.span)) return undefined;
  return {
    span: whole,
    kind: kindOf(kind),
    ...(name !== undefined && { name }),
    isComponent: kind === 'function' && isComponentName(name) && looksLikeMarkup(parsed, whole),
    isStub: false,
    isParsed: true,
  };
}

const plain = { isComponent: false, isStub: false, isParsed: true } as const;

function selected(parsed: ParsedText, span: Span): Scope {
  if (span.from === span.to) return { ...plain, kind: 'paragraph', span: paragraphAround(parsed.text, span.from) };
  return { ...plain, kind: 'selection', span: widenToLines(parsed, span) };
}

/** For a cursor the innermost function, else class, else object; for a range the smallest function or class that holds it, else object. */
function choose(all: readonly Candidate[], span: Span, request: ScopeRequest): Candidate | undefined {
  const named = all.filter(({ kind }) => kind === 'function');
  const callbacks = all.filter(
    ({ kind, node }) => kind === 'callback' && !named.some((outer) => encloses(outer, node)),
  );
  const functions = largestOfEachDefinition([...named, ...callbacks]);
  const classes = all.filter(({ kind }) => kind === 'class');
  const object = () => smallest(all.filter(({ kind }) => kind === 'object'));
  if (request === 'class') return smallest(classes) ?? smallest(functions) ?? object();
  const functionFirst = request === 'function' || (span.from === span.to && named.length > 0);
  if (functionFirst && functions.length > 0) return smallest(functions);
  return smallest([...functions, ...classes]) ?? object();
}

function encloses(outer: Candidate, node: Candidate['node']): boolean {
  return outer.node.startIndex <= node.startIndex && node.endIndex <= outer.node.endIndex && outer.node.id !== node.id;
}

/** `const A = memo(function A() {…})` is one function with two names, thus two candidates: the larger one stays. */
function largestOfEachDefinition(candidates: readonly Candidate[]): Candidate[] {
  const byDefinition = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const other = byDefinition.get(candidate.definition.id);
    if (!other || size(other) < size(candidate)) byDefinition.set(candidate.definition.id, candidate);
  }
  return [...byDefinition.values()];
}

/** Of candidates of one size the one that begins later: it lies deeper in the tree. */
function smallest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => size(a) - size(b) || b.node.startIndex - a.node.startIndex)[0];
}

const size = ({ span }: Candidate) => span.to - span.from;

function scopeOf(parsed: ParsedText, candidate: Candidate): Scope {
  const { kind, span, name } = candidate;
  return {
    span,
    kind: kindOf(kind),
    ...(name !== undefined && { name }),
    isComponent: isComponent(parsed, candidate),
    isStub: isStub(parsed, candidate),
    isParsed: true,
  };
}

const kindOf = (kind: Candidate['kind']) => (kind === 'callback' ? 'function' : kind);
