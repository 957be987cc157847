// Brackets without counterpart: which of them a person would look at. Told by the brackets alone, and by the indentation of their lines where those leave it open.

import { lineStart, nextLine, skipBlanks } from '../line-spans.ts';
import { closesNothing, type Finding, missing, openBlock } from './problem-words.ts';

/** A bracket that is code. `at`: its UTF-16 offset; `${` counts as `{`. */
export interface Bracket {
  readonly char: string;
  readonly at: number;
}

const opposite: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', ')': '(', ']': '[', '}': '{' };
const isOpening = (char: string) => '([{'.includes(char);

/** How the brackets of a text go together. */
interface Pairing {
  /** What a bracket of another kind has closed, in order. */
  readonly mismatched: readonly Bracket[];
  readonly closers: readonly Bracket[];
  readonly openers: readonly Bracket[];
  /** By the indentation: openers that a bracket further out has closed, and closing ones that stand in no column of an opener's line. */
  readonly suspects: { readonly openers: readonly Bracket[]; readonly closers: readonly Bracket[] };
}

/** The first bracket of `text` that goes with the others worse than those of the base do; undefined if they go together as those. */
export function bracketFinding(text: string, now: readonly Bracket[], before: readonly Bracket[]): Finding | undefined {
  const pairs = pair(text, now);
  const base = pair('', before);
  const suspect = pairs.suspects;
  const mismatch = pairs.mismatched[base.mismatched.length];
  if (mismatch) return unclosed(mismatch);
  const closer = excess(pairs.closers, base.closers);
  if (closer) return unopened(suspect.closers.find((one) => one.char === closer.char) ?? closer);
  const opener = excess(pairs.openers, base.openers);
  if (opener) return unclosed(suspect.openers.find((one) => one.char === opener.char) ?? opener);
  const lostCloser = excess(base.closers, pairs.closers);
  if (lostCloser) return { at: 0, what: missing(lostCloser.char) };
  const lostOpener = excess(base.openers, pairs.openers);
  return lostOpener && { at: text.length, what: missing(lostOpener.char) };
}

const unopened = ({ at, char }: Bracket): Finding => ({ at, what: closesNothing(char) });

function unclosed({ at, char }: Bracket): Finding {
  return { at, what: char === '{' ? openBlock : missing(opposite[char]!) };
}

/** The first of `these` that those do not have in its place, if these are more. */
function excess(these: readonly Bracket[], those: readonly Bracket[]): Bracket | undefined {
  if (these.length <= those.length) return undefined;
  return these.find(({ char }, index) => char !== those[index]?.char);
}

/** How far up the open brackets are looked for. */
const maxOpen = 50;

/** `text` may be empty: then nothing is told by the indentation. */
function pair(text: string, brackets: readonly Bracket[]): Pairing {
  const open: Bracket[] = [];
  const closers: Bracket[] = [];
  const mismatched: Bracket[] = [];
  for (const bracket of brackets) {
    if (isOpening(bracket.char)) open.push(bracket);
    else {
      const above = lastOf(open, ({ char }) => char === opposite[bracket.char]);
      if (above < 0) closers.push(bracket);
      else mismatched.push(...open.splice(above).slice(1));
    }
  }
  const suspects = text === '' ? { openers: [], closers: [] } : suspectsIn(text, brackets);
  return { mismatched, closers, openers: open, suspects };
}

/** Where a closing bracket stands first on its line, its column tells which line it belongs to. */
function suspectsIn(text: string, brackets: readonly Bracket[]): Pairing['suspects'] {
  const open: (Bracket & { readonly indent: string })[] = [];
  const suspects = { openers: [] as Bracket[], closers: [] as Bracket[] };
  let line = { from: lineStart(text, brackets[0]?.at ?? 0), next: 0, first: 0 };
  for (const bracket of brackets) {
    if (bracket.at >= line.next) {
      const from = line.next === 0 ? line.from : lineStart(text, bracket.at);
      line = { from, next: nextLine(text, bracket.at), first: skipBlanks(text, from, bracket.at) };
    }
    const indent = text.slice(line.from, line.first);
    const like = lastOf(open, ({ char }) => char === opposite[bracket.char]);
    const fits = lastOf(open, (one) => one.char === opposite[bracket.char] && one.indent === indent);
    if (isOpening(bracket.char)) open.push({ ...bracket, indent });
    else if (line.first !== bracket.at) open.splice(like < 0 ? open.length : like);
    else if (fits >= 0) suspects.openers.push(...open.splice(fits).slice(1));
    else suspects.closers.push(bracket);
  }
  return suspects;
}

/** The index of the last that is wanted among the last ones; -1 if there is none. */
function lastOf<T>(items: readonly T[], isWanted: (item: T) => boolean): number {
  for (let index = items.length - 1; index >= Math.max(items.length - maxOpen, 0); index--)
    if (isWanted(items[index]!)) return index;
  return -1;
}
