// Half-open spans of UTF-16 offsets.

/** `from` ≤ `to`, UTF-16 offsets into a text that the owner names; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether two spans share at least one character, or one is empty and strictly inside the other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Whether `inner` lies within `outer`, edges included. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** UTF-16 units that `spans` share with `others`, summed over all pairs: overlaps within one list count more than once. */
export function overlapLength(spans: readonly Span[], others: readonly Span[]): number {
  let units = 0;
  for (const span of spans) {
    for (const other of others) units += Math.max(0, Math.min(span.to, other.to) - Math.max(span.from, other.from));
  }
  return units;
}
