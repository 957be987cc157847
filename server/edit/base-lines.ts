// The lines of a region of the base text, and where each one stands.

import type { Span } from '../text/span.ts';

/** Lines of `region`, without their line ends; all offsets are UTF-16 offsets into the base. */
export interface BaseLines {
  readonly region: Span;
  /** The text of each line, without its line end. */
  readonly texts: readonly string[];
  /** Where each line starts; one more entry than lines: the end of the region. */
  readonly starts: readonly number[];
}

export function baseLines(base: string, region: Span): BaseLines {
  const texts: string[] = [];
  const starts: number[] = [];
  let at = region.from;
  while (true) {
    starts.push(at);
    const newline = base.indexOf('\n', at);
    const last = newline < 0 || newline >= region.to;
    const end = last ? region.to : newline;
    texts.push(base.slice(at, !last && end > at && base[end - 1] === '\r' ? end - 1 : end));
    if (last) break;
    at = newline + 1;
  }
  starts.push(region.to);
  return { region, texts, starts };
}

/** `base` without the line breaks at its ends, which stay as they are whatever an answer says. */
export function withoutOuterBreaks(base: string): Span {
  let from = 0;
  while (base[from] === '\n' || (base[from] === '\r' && base[from + 1] === '\n')) from++;
  let to = base.length;
  while (to > from && base[to - 1] === '\n') to -= base[to - 2] === '\r' && to - 2 >= from ? 2 : 1;
  return { from, to };
}

/** Where line `index` ends, before its line end. */
export function endOfLine(lines: BaseLines, index: number): number {
  return lines.starts[index]! + lines.texts[index]!.length;
}
