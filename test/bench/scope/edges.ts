// Whether a scope cuts code: a token, or a statement of which it holds a part only.

import type { Span } from '../../../server/text/span.ts';
import type { Judged } from './judged.ts';

export class Edges {
  readonly #text: string;
  readonly #items: readonly Span[];
  readonly #tokens: readonly Span[];
  readonly #commentEndingAt: ReadonlyMap<number, number>;

  constructor(text: string, { items, comments, opaque }: Judged) {
    this.#text = text;
    const ends = comments.map(({ from, to }) => [from + text.slice(from, to).trimEnd().length, from] as const);
    this.#commentEndingAt = new Map(ends);
    this.#items = items.map(({ from, to }) => ({ from, to: this.#codeEnd(to) }));
    this.#tokens = [...comments, ...opaque];
  }

  /** Whether `span` does. An item for which `mayBeCut` is true is too large to be whole. */
  cuts(span: Span, mayBeCut: (item: Span) => boolean): boolean {
    if (span.from === span.to) return false;
    const code = { from: span.from, to: Math.max(span.from, this.#codeEnd(span.to)) };
    const isCut = (token: Span) => isWithin(span.from, token) || isWithin(span.to, token);
    return this.#tokens.some(isCut) || this.#items.some((item) => overlapsInPart(item, code) && !mayBeCut(item));
  }

  /** Without the comments and separators behind the code that ends at `to`: whose they are makes no difference. */
  #codeEnd(to: number): number {
    for (let at = to; ; ) {
      while (at > 0 && /[\s;,]/.test(this.#text[at - 1]!)) at--;
      const from = this.#commentEndingAt.get(at);
      if (from === undefined) return at;
      at = from;
    }
  }
}

/** Whether either edge of `span` is within `each`, and the other one outside. */
function overlapsInPart(each: Span, span: Span): boolean {
  const isBefore = each.from < span.from && span.from < each.to && each.to < span.to;
  const isBehind = span.from < each.from && each.from < span.to && span.to < each.to;
  return isBefore || isBehind;
}

const isWithin = (offset: number, { from, to }: Span) => from < offset && offset < to;
