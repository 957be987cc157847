// Which scope a selection means (design §4, "Exact contract").

import type { Span } from '../text/span.ts';
import { type Candidate, candidatesAround } from './candidates.ts';
import { wholeLines } from './extent.ts';
import { trimSpan } from './lines.ts';
import type { Parsed } from './parsed.ts';
import { moduleSpan, paragraphAround } from './plain.ts';
import type { Scope, ScopeRequest } from './scopes.ts';
import { isComponent, isStub } from './shape.ts';

/** The scope in a text with a tree; undefined if the text is blank. */
export function findScope(parsed: Parsed, selection: Span, request: ScopeRequest): Scope | undefined {
  const { text } = parsed;
  const whole = moduleSpan(text);
  if (!whole) return undefined;
  const span = trimSpan(text, selection);
  if (request === 'selection') return selected(parsed, span);
  const chosen = request === 'module' ? undefined : choose(candidatesAround(parsed, span), span, request);
  return chosen ? scopeOf(parsed, chosen) : { ...plain, kind: 'module', span: whole };
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
    kind: kind === 'callback' ? 'function' : kind,
    ...(name !== undefined && { name }),
    component: isComponent(parsed, candidate),
    stub: isStub(parsed, candidate),
    parsed: true,
  };
}
