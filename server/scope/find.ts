// Which scope a selection means (design §4, "Exact contract").

import { contains, type Span } from '../text/span.ts';
import { type Candidate, candidatesAround } from './candidates.ts';
import { wholeLines } from './extent.ts';
import { trimSpan } from './lines.ts';
import type { Parsed } from './parsed.ts';
import { moduleSpan, paragraphAround } from './plain.ts';
import type { Scope, ScopeRequest } from './scopes.ts';
import { isComponent, isComponentName, isStub, looksLikeMarkup } from './shape.ts';
import { skeletonAround } from './skeleton.ts';

/** The scope in a text with a tree; undefined if the text is blank. */
export function findScope(parsed: Parsed, selection: Span, request: ScopeRequest): Scope | undefined {
  const { text } = parsed;
  const whole = moduleSpan(text);
  if (!whole) return undefined;
  const span = trimSpan(text, selection);
  if (request === 'selection') return selected(parsed, span);
  if (request === 'module') return { ...plain, kind: 'module', span: whole };
  const chosen = choose(candidatesAround(parsed, span), span, request);
  const torn = chosen ? chosen.node.hasError : parsed.root.hasError;
  return (
    (torn && mendedScope(parsed, { span, request, chosen })) ||
    (chosen ? scopeOf(parsed, chosen) : { ...plain, kind: 'module', span: whole })
  );
}

interface Torn {
  readonly span: Span;
  readonly request: ScopeRequest;
  /** What the torn tree makes of it. */
  readonly chosen: Candidate | undefined;
}

/** The scope as the layout shows it; undefined if that shows none, or if what the tree found is a smaller one of the same kind. */
function mendedScope(parsed: Parsed, { span, request, chosen }: Torn): Scope | undefined {
  const skeleton = parsed.grammar.manifest.indented ? undefined : skeletonAround(parsed, span);
  if (!skeleton) return undefined;
  const shifted = { from: span.from - skeleton.at, to: span.to - skeleton.at };
  const found = choose(candidatesAround(skeleton.parsed, shifted), shifted, request);
  skeleton.parsed.dispose();
  if (!found) return undefined;
  const { kind, name } = found;
  const whole = { from: found.span.from + skeleton.at, to: found.span.to + skeleton.at };
  if (chosen && chosen.kind === kind && contains(whole, chosen.span)) return undefined;
  const component = kind === 'function' && isComponentName(name) && looksLikeMarkup(parsed, whole);
  return { span: whole, kind: kindOf(kind), ...(name !== undefined && { name }), component, stub: false, parsed: true };
}

const plain = { component: false, stub: false, parsed: true } as const;

function selected(parsed: Parsed, span: Span): Scope {
  if (span.from === span.to) return { ...plain, kind: 'paragraph', span: paragraphAround(parsed.text, span.from) };
  return { ...plain, kind: 'selection', span: wholeLines(parsed, span) };
}

/** A cursor: the innermost function, else class, else object. A range: the smallest function or class, else object. */
function choose(all: readonly Candidate[], span: Span, request: ScopeRequest): Candidate | undefined {
  const named = all.filter(({ kind }) => kind === 'function');
  const callbacks = all.filter(
    ({ kind, node }) => kind === 'callback' && !named.some((outer) => encloses(outer, node)),
  );
  const functions = outermostNames([...named, ...callbacks]);
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

/** `const A = memo(function A() {…})` is one function with two names: the scope is the larger. */
function outermostNames(candidates: readonly Candidate[]): Candidate[] {
  const byDefinition = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const other = byDefinition.get(candidate.definition.id);
    if (!other || size(other) < size(candidate)) byDefinition.set(candidate.definition.id, candidate);
  }
  return [...byDefinition.values()];
}

/** Of equals the one that begins later: it lies deeper. */
function smallest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => size(a) - size(b) || b.node.startIndex - a.node.startIndex)[0];
}

const size = ({ span }: Candidate) => span.to - span.from;

function scopeOf(parsed: Parsed, candidate: Candidate): Scope {
  const { kind, span, name } = candidate;
  return {
    span,
    kind: kindOf(kind),
    ...(name !== undefined && { name }),
    component: isComponent(parsed, candidate),
    stub: isStub(parsed, candidate),
    parsed: true,
  };
}

const kindOf = (kind: Candidate['kind']) => (kind === 'callback' ? 'function' : kind);
