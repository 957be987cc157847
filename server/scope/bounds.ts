// How large a scope may be.

import type { Span } from '../text/span.ts';
import { breaksBetween } from './line-spans.ts';
import type { ScopeBounds } from './scopes.ts';

export const noBounds: ScopeBounds = {
  maxLines: Number.POSITIVE_INFINITY,
  maxChars: Number.POSITIVE_INFINITY,
  maxModuleLines: Number.POSITIVE_INFINITY,
};

/** Whether a span of `text` is no larger than allowed. */
export function fits(text: string, { from, to }: Span, { maxLines, maxChars }: ScopeBounds): boolean {
  return to - from <= maxChars && (to - from < maxLines || breaksBetween(text, from, to) < maxLines);
}

/** The bounds of an object or a module that is the scope because nothing smaller is around. */
export function ofModule(bounds: ScopeBounds): ScopeBounds {
  return { ...bounds, maxLines: Math.min(bounds.maxLines, bounds.maxModuleLines) };
}
