// What changed between two texts, as small as is affordable: lines first, and what differs in them by characters, words or not at all.

import { alignIds } from './align.ts';
import { type Edit, sizeOfEdits } from './edit.ts';
import { charTokens, createIntern, lineTokens, splits, type Tokens, wordTokens } from './tokens.ts';

/**
 * Up to this many UTF-16 units on both sides together a changed stretch is compared by characters, up to WORD_UNITS by words, above that
 * it is replaced whole. The time grows with the square: 3,000 units without anything in common take some 10 ms.
 */
const CHAR_UNITS = 3000;
const WORD_UNITS = 40_000;
/** Lines have misled if so many times the change would do: a little less may as well be chance, and lines say where things are. */
const MISLED = 2;

/**
 * Edits (offsets into `a`) that turn `a` into `b`. Fast where the texts share a long start and end; never cuts inside a CRLF or a
 * surrogate pair of either text. Close to the fewest characters, not always the fewest: lines are paired before characters are.
 */
export function diffTexts(a: string, b: string): Edit[] {
  const { from, toA, toB } = trim(a, b);
  if (from === toA && from === toB) return [];
  const edits: Edit[] = [];
  const intern = createIntern();
  const oldText = a.slice(from, toA);
  const newText = b.slice(from, toB);
  diffTokens(
    { oldText, newText, at: from },
    (text) => lineTokens(text, intern),
    (stretch) => refine(stretch, edits),
  );
  return edits;
}

/**
 * The same, but by characters alone where lines mislead: who changes every line a little (a formatter does) but one, of which there are two, has not moved
 * all the others past it.
 */
export function diffClosely(a: string, b: string): Edit[] {
  const edits = diffTexts(a, b);
  const { from, toA, toB } = trim(a, b);
  if (edits.length < 2 || toA - from + toB - from > CHAR_UNITS) return edits;
  const close: Edit[] = [];
  refine({ oldText: a.slice(from, toA), newText: b.slice(from, toB), at: from }, close);
  return sizeOfEdits(close) * MISLED < sizeOfEdits(edits) ? close : edits;
}

/** `oldText`, which starts at offset `at` of the base, became `newText`. */
interface Stretch {
  readonly oldText: string;
  readonly newText: string;
  readonly at: number;
}

function diffTokens(
  { oldText, newText, at }: Stretch,
  tokenize: (text: string) => Tokens,
  changed: (s: Stretch) => void,
) {
  const a = tokenize(oldText);
  const b = tokenize(newText);
  for (const gap of alignIds(a.ids, b.ids)) {
    const start = a.starts[gap.fromA]!;
    changed({
      oldText: oldText.slice(start, a.starts[gap.toA]!),
      newText: newText.slice(b.starts[gap.fromB]!, b.starts[gap.toB]!),
      at: at + start,
    });
  }
}

function refine(stretch: Stretch, edits: Edit[]): void {
  const emit = ({ oldText, newText, at }: Stretch) =>
    edits.push({ from: at, to: at + oldText.length, insert: newText });
  const units = stretch.oldText.length + stretch.newText.length;
  if (stretch.oldText === '' || stretch.newText === '' || units > WORD_UNITS) emit(stretch);
  else if (units <= CHAR_UNITS) diffTokens(stretch, charTokens, emit);
  else {
    const intern = createIntern();
    diffTokens(stretch, (text) => wordTokens(text, intern), emit);
  }
}

/** The stretch between the common start and the common end of two texts: all that changed lies within it. */
export function trim(a: string, b: string): { from: number; toA: number; toB: number } {
  let from = commonStart(a, b);
  if (splits(a, from) || splits(b, from)) from--;
  let end = commonEnd(a, b, Math.min(a.length, b.length) - from);
  if (end > 0 && (splits(a, a.length - end) || splits(b, b.length - end))) end--;
  return { from, toA: a.length - end, toB: b.length - end };
}

/** Comparing slices runs at memory speed, comparing units one by one does not: find the block first, then the unit in it. */
const BLOCK = 1024;

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + BLOCK <= most && a.slice(at, at + BLOCK) === b.slice(at, at + BLOCK)) at += BLOCK;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, most: number): number {
  let at = 0;
  while (at + BLOCK <= most && blockBefore(a, at) === blockBefore(b, at)) at += BLOCK;
  while (at < most && a.charCodeAt(a.length - 1 - at) === b.charCodeAt(b.length - 1 - at)) at++;
  return at;
}

function blockBefore(text: string, fromEnd: number): string {
  return text.slice(text.length - fromEnd - BLOCK, text.length - fromEnd);
}
