// Finds the place in the base that a SEARCH block means: exact, then regardless of white space, then similar. Never guesses between two.

import type { Span } from '../text/span.ts';
import type { OldLines } from './old-lines.ts';
import { noPadding, type Padding, paddingOf } from './padding.ts';
import { bestAlignment } from './similar-lines.ts';

/** Where the search text stands. `pairs[i]` is the base line that line i of it stands for, or -1; its padding does not count. */
export interface Place {
  /** Offsets into the base; from the start of a line to the end of one, without its line end, unless the match is inside a line. */
  readonly span: Span;
  /** Base lines `fromA`..`toA`, which hold the span. */
  readonly fromA: number;
  readonly toA: number;
  readonly pairs: readonly number[];
  readonly how: 'exact' | 'inside' | 'spaces' | 'similar';
  readonly padding: Padding;
}

export type Located = Place | { readonly rejected: string };

/** A place of a text that has no padding. */
type Found = Omit<Place, 'padding'> | { readonly rejected: string };

export function locate(lines: OldLines, search: readonly string[]): Located {
  if (search.every((line) => line.trim() === '')) return { rejected: 'a SEARCH block is empty' };
  const most = paddingOf(search);
  for (const padding of lessThan(most)) {
    const found = byLines(lines, within(search, padding), 'exact', (text) => text);
    if (found) return padded(found, padding);
  }
  return padded(locateUnpadded(lines, search, most), most);
}

/** Blank lines at an end may stand there, though those at the other end do not. */
function lessThan({ before, after }: Padding): readonly Padding[] {
  return before > 0 && after > 0 ? [noPadding, { before, after: 0 }, { before: 0, after }] : [noPadding];
}

function within(search: readonly string[], { before, after }: Padding): readonly string[] {
  return search.slice(before, search.length - after);
}

function padded(found: Found, padding: Padding): Located {
  return 'rejected' in found ? found : { ...found, padding };
}

function locateUnpadded(lines: OldLines, search: readonly string[], padding: Padding): Found {
  const unpadded = within(search, padding);
  return (
    (padding.after > 0 ? atTheEnd(lines, unpadded) : undefined) ??
    byLines(lines, unpadded, 'exact', (text) => text) ??
    byLines(lines, unpadded, 'spaces', (text) => text.trim()) ??
    insideLine(lines, unpadded) ??
    byLines(lines, unpadded, 'spaces', (text) => text.replace(/\s+/g, '')) ??
    bySimilarity(lines, unpadded)
  );
}

/** A blank line behind the lines that are searched for may be what a text that ends in a line break ends in. */
function atTheEnd(lines: OldLines, search: readonly string[]): Found | undefined {
  const from = lines.count - search.length;
  const endsInBreak = lines.region.to < lines.base.length;
  if (!endsInBreak || from < 0 || !search.every((line, i) => lines.text(from + i) === line)) return undefined;
  const pairs = search.map((_, i) => from + i);
  return placeOfLines({ lines, fromA: from, toA: lines.count, how: 'exact', pairs });
}

function byLines(
  lines: OldLines,
  search: readonly string[],
  how: Place['how'],
  key: (text: string) => string,
): Found | undefined {
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

type LinesFound = Omit<Place, 'span' | 'padding'> & { readonly lines: OldLines };

function placeOfLines({ lines, fromA, toA, how, pairs }: LinesFound): Found {
  return { span: { from: lines.start(fromA), to: lines.end(toA - 1) }, fromA, toA, pairs, how };
}

/** A text that starts or ends inside a line. */
function insideLine(lines: OldLines, search: readonly string[]): Found | undefined {
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

function bySimilarity(lines: OldLines, search: readonly string[]): Found {
  const found = bestAlignment(textsOf(lines), search);
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

function textsOf(lines: OldLines): string[] {
  return Array.from({ length: lines.count }, (_, line) => lines.text(line));
}
