// Finds the lines of the base that a SEARCH block means: exactly, then regardless of white space, then by similarity. Rejects what fits two places equally.

import type { Span } from '../text/span.ts';
import type { BaseLines } from './base-lines.ts';
import { noPadding, type Padding, paddingOf } from './padding.ts';
import { findSimilarLines } from './similar-lines.ts';

/** Where the search text stands. `pairs[i]` is the base line that its line i (padding not counted) stands for, or -1. */
export interface LocatedText {
  /** Offsets into the base; from the start of a line to the end of one, without its line end, unless the match is inside a line. */
  readonly span: Span;
  /** The base lines that hold the span, half-open. */
  readonly fromA: number;
  readonly toA: number;
  readonly pairs: readonly number[];
  readonly how: 'exact' | 'inside' | 'spaces' | 'similar';
  readonly padding: Padding;
}

export type Located = LocatedText | { readonly rejected: string };

/** The result for a search text whose padding has been taken off. */
type UnpaddedText = Omit<LocatedText, 'padding'> | { readonly rejected: string };

/** `lines`: the base. A rejection's reason is for people and names a line of the search text. */
export function locateSearch(lines: BaseLines, search: readonly string[]): Located {
  if (search.every((line) => line.trim() === '')) return { rejected: 'a SEARCH block is empty' };
  const all = paddingOf(search);
  for (const padding of smallerPaddings(all)) {
    const found = byLines(lines, withoutPadding(search, padding), 'exact', (text) => text);
    if (found) return withPadding(found, padding);
  }
  return withPadding(locateUnpadded(lines, search, all), all);
}

/** The blank lines at one end may stand in the base although those at the other end do not. */
function smallerPaddings({ before, after }: Padding): readonly Padding[] {
  return before > 0 && after > 0 ? [noPadding, { before, after: 0 }, { before: 0, after }] : [noPadding];
}

function withoutPadding(search: readonly string[], { before, after }: Padding): readonly string[] {
  return search.slice(before, search.length - after);
}

function withPadding(found: UnpaddedText, padding: Padding): Located {
  return 'rejected' in found ? found : { ...found, padding };
}

function locateUnpadded(lines: BaseLines, search: readonly string[], padding: Padding): UnpaddedText {
  const unpadded = withoutPadding(search, padding);
  return (
    (padding.after > 0 ? atEnd(lines, unpadded) : undefined) ??
    byLines(lines, unpadded, 'exact', (text) => text) ??
    byLines(lines, unpadded, 'spaces', (text) => text.trim()) ??
    insideLine(lines, unpadded) ??
    byLines(lines, unpadded, 'spaces', (text) => text.replace(/\s+/g, '')) ??
    bySimilarity(lines, unpadded)
  );
}

/** The last lines of a base that ends in a line break: a blank line at the end of the search text may stand for that. */
function atEnd(lines: BaseLines, search: readonly string[]): UnpaddedText | undefined {
  const from = lines.count - search.length;
  const endsInBreak = lines.region.to < lines.baseText.length;
  if (!endsInBreak || from < 0 || !search.every((line, i) => lines.text(from + i) === line)) return undefined;
  const pairs = search.map((_, i) => from + i);
  return placeOfLines({ lines, fromA: from, toA: lines.count, how: 'exact', pairs });
}

function byLines(
  lines: BaseLines,
  search: readonly string[],
  how: LocatedText['how'],
  key: (text: string) => string,
): UnpaddedText | undefined {
  const wanted = search.map(key);
  const places: number[] = [];
  const keys = textsOf(lines).map(key);
  for (let at = keys.indexOf(wanted[0]!); at >= 0; at = keys.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((line, i) => keys[at + i] === line)) places.push(at);
  }
  if (places.length > 1) return { rejected: `a SEARCH block fits ${places.length} places: ${summary(search)}` };
  const [at] = places;
  return at === undefined
    ? undefined
    : placeOfLines({ lines, fromA: at, toA: at + search.length, how, pairs: search.map((_, i) => at + i) });
}

type LinesFound = Omit<LocatedText, 'span' | 'padding'> & { readonly lines: BaseLines };

function placeOfLines({ lines, fromA, toA, how, pairs }: LinesFound): UnpaddedText {
  return { span: { from: lines.start(fromA), to: lines.end(toA - 1) }, fromA, toA, pairs, how };
}

/** A search text that starts or ends inside a line. */
function insideLine(lines: BaseLines, search: readonly string[]): UnpaddedText | undefined {
  const whole = textsOf(lines).join('\n');
  const wanted = search.join('\n');
  const at = whole.indexOf(wanted);
  if (at < 0) return undefined;
  if (whole.indexOf(wanted, at + 1) >= 0) return { rejected: `a SEARCH block fits several places: ${summary(search)}` };
  const fromA = whole.slice(0, at).split('\n').length - 1;
  const toA = fromA + search.length;
  const column = at - (whole.lastIndexOf('\n', at - 1) + 1);
  const tail = search.length === 1 ? column + wanted.length : search.at(-1)!.length;
  const span = { from: lines.start(fromA) + column, to: lines.start(toA - 1) + tail };
  return { span, fromA, toA, pairs: search.map((_, i) => fromA + i), how: 'inside' };
}

function bySimilarity(lines: BaseLines, search: readonly string[]): UnpaddedText {
  const found = findSimilarLines(textsOf(lines), search);
  if (!found) return { rejected: `nothing in the scope matches a SEARCH block: ${summary(search)}` };
  if (found.ambiguous) return { rejected: `a SEARCH block resembles several places: ${summary(search)}` };
  return placeOfLines({ lines, fromA: found.from, toA: found.to, how: 'similar', pairs: found.pairs });
}

function summary(search: readonly string[]): string {
  return search
    .find((line) => line.trim() !== '')!
    .trim()
    .slice(0, 60);
}

function textsOf(lines: BaseLines): string[] {
  return Array.from({ length: lines.count }, (_, line) => lines.text(line));
}
