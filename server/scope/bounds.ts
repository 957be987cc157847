// How large a scope may be, and as many lines around a place as fit.

import type { Span } from '../text/span.ts';
import { breaksBetween, lineEnd, lineStart, nextLine } from './line-spans.ts';
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

interface Lines {
  readonly bounds: ScopeBounds;
  /** Whether the line that begins at `at` is taken too. */
  readonly isBetween: (at: number) => boolean;
}

/** `line` with those above and below it, in turns, as far as they may be taken and fit. */
export function linesAround(text: string, line: Span, { bounds, isBetween }: Lines): Span {
  let { from, to } = line;
  let count = 1 + breaksBetween(text, from, to);
  const mayTake = (at: number, span: Span) =>
    count < bounds.maxLines && span.to - span.from <= bounds.maxChars && isBetween(at);
  for (let [isUp, isDown] = [true, true]; isUp || isDown; ) {
    const above = from > 0 ? lineStart(text, from - 1) : from;
    isUp &&= above < from && mayTake(above, { from: above, to });
    if (isUp) [from, count] = [above, count + 1];
    const next = nextLine(text, to);
    isDown &&= next > to && next < text.length && mayTake(next, { from, to: lineEnd(text, next) });
    if (isDown) [to, count] = [lineEnd(text, next), count + 1];
  }
  return { from, to };
}
