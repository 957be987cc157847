// Which of what is around a place its scope is.

import type { Span } from '../text/span.ts';
import type { Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';
import { classAround, type Place } from './place.ts';
import type { ScopeBounds, ScopeKind, ScopeRequest } from './scopes.ts';

export interface Search {
  readonly place: Place;
  /** The selection without white space at its ends. */
  readonly span: Span;
  readonly request: ScopeRequest;
  readonly bounds: ScopeBounds;
}

/** Something around the place that may be the scope. */
export interface Candidate {
  readonly kind: ScopeKind;
  readonly node: Node;
  readonly definition: Node;
  readonly name?: string | undefined;
  readonly index: number;
  readonly extent: Span;
}

/** For a cursor the innermost function, else the statement or member; for a range the smallest function or class around it, else the statement or member. */
export function choose(parsed: ParsedText, { place, span, request }: Omit<Search, 'bounds'>): Candidate | undefined {
  const { item, functions, path } = place;
  const [inner] = functions;
  const isCursor = request === 'auto' && span.from === span.to;
  if (isCursor && inner?.isNamed) return inner;
  if (isCursor && place.body) return undefined;
  if (request === 'function') return inner ?? item;
  const outer = classAround(parsed, path, span);
  if (request === 'class') return outer ?? inner ?? item;
  return isCursor ? innermost(inner, innermost(outer, item)) : (innermost(inner, outer) ?? item);
}

/** Of two candidates for one node the first. */
function innermost(a: Candidate | undefined, b: Candidate | undefined): Candidate | undefined {
  return a && b ? (b.index > a.index ? b : a) : (a ?? b);
}
