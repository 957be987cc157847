// Whether a scope cuts code: a token, or a statement of which it holds a part only.

import type { Span } from '../../../server/text/span.ts';
import type { Judged } from './judged.ts';

export class Edges {
  readonly #spans: readonly Span[];

  constructor({ items, comments, opaque }: Judged) {
    this.#spans = [...items, ...comments, ...opaque];
  }

  cuts(span: Span): boolean {
    return span.from < span.to && this.#spans.some((each) => overlapsInPart(each, span));
  }
}

/** Whether either edge of `span` is within `each`, and the other one outside. */
function overlapsInPart(each: Span, span: Span): boolean {
  const isBefore = each.from < span.from && span.from < each.to && each.to < span.to;
  const isBehind = span.from < each.from && each.from < span.to && span.to < each.to;
  return isBefore || isBehind;
}
