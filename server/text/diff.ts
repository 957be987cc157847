// The diff of two texts, as small as is affordable: lines are paired first, then what differs is compared by characters, by words, or replaced whole.

import { alignIds } from './align.ts';
import { type Edit, sizeOfEdits } from './edit.ts';
import { charTokens, createIntern, lineTokens, splitsCharacter, type Tokens, wordTokens } from './tokens.ts';

/**
 * Up to this many UTF-16 units on both sides together changed lines are compared by characters, up to `wordUnits` by words, above that
 * they are replaced whole. The time grows with the square: 3,000 units without anything in common take some 10 ms.
 */
const charUnits = 3000;
const wordUnits = 40_000;
/** A diff by characters alone must be this many times smaller to be preferred: a smaller gain may be chance, and lines say where things are. */
const closelyFactor = 2;

/**
 * Edits (offsets into `a`) that turn `a` into `b`. Fast where the texts share a long start and end; never cuts inside a CRLF or a
 * surrogate pair of either text. Close to the fewest characters, not always the fewest: lines are paired before characters are.
 */
export function diffTexts(a: string, b: string): Edit[] {
  const { from, toA, toB } = trimCommon(a, b);
  if (from === toA && from === toB) return [];
  const edits: Edit[] = [];
  const intern = createIntern();
  const oldText = a.slice(from, toA);
  const newText = b.slice(from, toB);
  diffTokens(
    { oldText, newText, at: from },
    (text) => lineTokens(text, intern),
    (changed) => refine(changed, edits),
  );
  return edits;
}

/**
 * The same, but by characters alone where pairing lines first misleads: when every line but one has changed a little (a formatter does that) and that one
 * occurs twice, pairing it makes all the others look moved past it.
 */
export function diffClosely(a: string, b: string): Edit[] {
  const edits = diffTexts(a, b);
  const { from, toA, toB } = trimCommon(a, b);
  if (edits.length < 2 || toA - from + toB - from > charUnits) return edits;
  const close: Edit[] = [];
  refine({ oldText: a.slice(from, toA), newText: b.slice(from, toB), at: from }, close);
  return sizeOfEdits(close) * closelyFactor < sizeOfEdits(edits) ? close : edits;
}

/** `oldText`, which starts at offset `at` of the base, became `newText`. */
interface ChangedText {
  readonly oldText: string;
  readonly newText: string;
  readonly at: number;
}

function diffTokens(
  { oldText, newText, at }: ChangedText,
  tokenize: (text: string) => Tokens,
  onChanged: (changed: ChangedText) => void,
) {
  const a = tokenize(oldText);
  const b = tokenize(newText);
  for (const gap of alignIds(a.ids, b.ids)) {
    const start = a.starts[gap.fromA]!;
    onChanged({
      oldText: oldText.slice(start, a.starts[gap.toA]!),
      newText: newText.slice(b.starts[gap.fromB]!, b.starts[gap.toB]!),
      at: at + start,
    });
  }
}

function refine(changed: ChangedText, edits: Edit[]): void {
  const emit = ({ oldText, newText, at }: ChangedText) =>
    edits.push({ from: at, to: at + oldText.length, insert: newText });
  const units = changed.oldText.length + changed.newText.length;
  if (changed.oldText === '' || changed.newText === '' || units > wordUnits) emit(changed);
  else if (units <= charUnits) diffTokens(changed, charTokens, emit);
  else {
    const intern = createIntern();
    diffTokens(changed, (text) => wordTokens(text, intern), emit);
  }
}

/**
 * What lies between the common start and the common end of two texts: `from`..`toA` of `a` became `from`..`toB` of `b`. UTF-16 offsets that never split
 * a CRLF or a surrogate pair; both spans are empty where the texts are equal.
 */
export function trimCommon(a: string, b: string): { from: number; toA: number; toB: number } {
  let from = commonStart(a, b);
  if (splitsCharacter(a, from) || splitsCharacter(b, from)) from--;
  let end = commonEnd(a, b, Math.min(a.length, b.length) - from);
  if (end > 0 && (splitsCharacter(a, a.length - end) || splitsCharacter(b, b.length - end))) end--;
  return { from, toA: a.length - end, toB: b.length - end };
}

/** UTF-16 units. Comparing slices runs at memory speed, comparing units one by one does not: first the block that differs is found, then the unit in it. */
const blockUnits = 1024;

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + blockUnits <= most && a.slice(at, at + blockUnits) === b.slice(at, at + blockUnits)) at += blockUnits;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, most: number): number {
  let at = 0;
  while (at + blockUnits <= most && blockBefore(a, at) === blockBefore(b, at)) at += blockUnits;
  while (at < most && a.charCodeAt(a.length - 1 - at) === b.charCodeAt(b.length - 1 - at)) at++;
  return at;
}

function blockBefore(text: string, fromEnd: number): string {
  return text.slice(text.length - fromEnd - blockUnits, text.length - fromEnd);
}
