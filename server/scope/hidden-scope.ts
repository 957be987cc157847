// The scope that a syntax error hides from the tree, told by the skeleton of the code around it.

import { contains, type Span } from '../text/span.ts';
import { fits } from './bounds.ts';
import { type Candidate, choose, type Search } from './choice.ts';
import { lineStart, skipBlanks } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';
import { classAround, type Place, placeOf } from './place.ts';
import type { Scope, ScopeRequest } from './scopes.ts';
import { skeletonAround } from './skeleton.ts';

/** The scope by the layout of the lines, where a syntax error may hide it from the tree; undefined if that shows none, or the tree one that is smaller. */
export function hiddenScope(parsed: ParsedText, { place, span, request, bounds }: Search): Scope | undefined {
  const chosen = choose(parsed, { place, span, request });
  if (!mayBeHidden(parsed, chosen, span)) return undefined;
  const skeleton = skeletonAround(parsed, span);
  if (!skeleton) return undefined;
  const shifted = { from: span.from - skeleton.at, to: span.to - skeleton.at };
  const found = definitionAround(skeleton.parsed, shifted, request);
  skeleton.parsed.dispose();
  if (!found) return undefined;
  const { kind, name } = found;
  const whole = { from: found.extent.from + skeleton.at, to: found.extent.to + skeleton.at };
  if (!fits(parsed.text, whole, bounds)) return undefined;
  if (chosen?.kind === kind && contains(whole, chosen.extent)) return undefined;
  if (kind === 'class' && isKnown(chosen, place)) return undefined;
  return { span: whole, kind, ...(name !== undefined && { name }), isStub: false, isParsed: true };
}

/** Whether what was chosen, if anything, holds a syntax error, or is indented as if it stood in something that the tree does not show for an error elsewhere. */
function mayBeHidden(parsed: ParsedText, chosen: Candidate | undefined, { from }: Span): boolean {
  if (parsed.grammar.manifest.indented || !parsed.root.hasError) return false;
  if (!chosen || chosen.node.hasError) return true;
  const start = lineStart(parsed.text, from);
  return chosen.kind !== 'function' && skipBlanks(parsed.text, start) > start;
}

/** Whether what the tree says is to be preferred to a class around it: a function, an item without an error, or a place between items. */
function isKnown(chosen: Candidate | undefined, place: Place): boolean {
  return chosen ? chosen.kind === 'function' || !chosen.node.hasError : place.body !== undefined;
}

/** The function or class around a place in a skeleton, of whose code only the lines that open and close blocks are left. */
function definitionAround(parsed: ParsedText, span: Span, request: ScopeRequest): Candidate | undefined {
  const { path, functions } = placeOf(parsed, span);
  const outer = classAround(parsed, path, span);
  const [inner] = functions;
  if (request === 'class' || !inner) return outer ?? inner;
  return span.from < span.to && request === 'auto' && outer && outer.index > inner.index ? outer : inner;
}
