// Finds code that an answer leaves out and puts a comment in place of, whatever that says and in whatever human language.

import { alignIds } from '../text/align.ts';
import { indentOf } from '../text/lines.ts';
import { createIntern } from '../text/tokens.ts';
import { type KnownLines, splitForCompare } from './changed-lines.ts';
import { commentText, type LineKind, lineKinds } from './comment-lines.ts';
import { orphanIn } from './orphaned-names.ts';
import { type ComparedLine, pairSimilar } from './similar-pairs.ts';

/** A place where a comment stands for code. */
export interface LeftOut {
  /** The comment's line, trimmed. */
  readonly line: string;
  /** The lines that it stands for, trimmed; empty where only its words tell. */
  readonly lost: readonly string[];
}

/** What the next request says to a model that has left code out. */
export function writeInFull({ line }: LeftOut): string {
  return `Your last answer left code out: it had "${line}" in its place. Write it out in full: every line that stays as it is, too.`;
}

export interface ComparedTexts {
  /** Whole lines of the scope. */
  readonly before: string;
  /** The same as they will read. */
  readonly after: string;
  readonly languageId: string;
}

/** The lines of one text that are not blank: a blank line would part a comment from the code that it took the place of. */
class Lines {
  /** Trimmed. */
  readonly texts: readonly string[];
  readonly kinds: readonly LineKind[];

  constructor(text: string, languageId: string) {
    const lines = splitForCompare(text);
    const isFilled = (_: unknown, at: number) => lines[at]!.trim() !== '';
    const filled = lines.filter(isFilled);
    const kinds = lineKinds(lines, languageId).filter(isFilled);
    this.kinds = kinds.map((kind, at) => (kind === 'filler' && areDotsAmongCode(filled, kinds, at) ? 'comment' : kind));
    this.texts = filled.map((line) => line.trim());
  }
}

/** Alone in its block `...` is a body that is still to be written; beside other code of it, it stands for lines. */
function areDotsAmongCode(lines: readonly string[], kinds: readonly LineKind[], at: number): boolean {
  const indent = indentOf(lines[at]!);
  const isBeside = (other: number) => kinds[other] === 'code' && indentOf(lines[other]!) === indent;
  return /^\s*(?:\.{3}|…)/.test(lines[at]!) && (isBeside(at - 1) || isBeside(at + 1));
}

/** Whether a text holds comments that are new. Cheap: where there are none, none stands for code. */
export function bringsComment(known: KnownLines, after: string, languageId: string): boolean {
  const lines = new Lines(after, languageId);
  return lines.kinds.some((kind, at) => kind === 'comment' && !known.has(lines.texts[at]!));
}

/**
 * The places where two or more lines, not all of them comments, were replaced by nothing but fewer lines of new comments, which are not that code commented out. Lines
 * that stand elsewhere now are not lost. New code beside the comments is what they introduce, unless it uses what the lost lines set.
 */
export function findLeftOut({ before, after, languageId }: ComparedTexts): LeftOut[] {
  const a = new Lines(before, languageId);
  const b = new Lines(after, languageId);
  const gaps = gapsBetween(a, b);
  const known = new Set(a.texts);
  const moved = new Moved(gaps.flatMap(({ added }) => added.map((at) => b.texts[at]!)));
  return gaps.flatMap(({ lost, added }) => {
    const gone = lost.filter((at) => !moved.take(a.texts[at]!));
    const comments = added.filter((at) => b.kinds[at] === 'comment');
    // Lines that only open or close a comment are none of it.
    const said = comments.filter((at) => says(b.texts[at]!));
    const isReplaced = added.some((at) => b.kinds[at] === 'code');
    if (isReplaced ? !isMissed(gone, { a, b }) : said.length >= gone.length) return [];
    const line = said.find((at) => !known.has(b.texts[at]!));
    const isCode = gone.length > 1 && gone.some((at) => a.kinds[at] === 'code');
    return line !== undefined && isCode ? [{ line: b.texts[line]!, lost: gone.map((at) => a.texts[at]!) }] : [];
  });
}

/** Whether code that stands in their place still needs what some lines set. */
function isMissed(gone: readonly number[], { a, b }: { readonly a: Lines; readonly b: Lines }): boolean {
  const set = gone.filter((at) => a.kinds[at] === 'code').map((at) => a.texts[at]!);
  const code = b.texts.filter((_, at) => b.kinds[at] === 'code');
  return orphanIn(set, code) !== undefined;
}

/** New lines, each of which is one old line in another place. */
class Moved {
  readonly #counts = new Map<string, number>();

  constructor(added: readonly string[]) {
    for (const line of added) this.#counts.set(line, (this.#counts.get(line) ?? 0) + 1);
  }

  take(line: string): boolean {
    const count = this.#counts.get(line) ?? 0;
    if (count > 0) this.#counts.set(line, count - 1);
    return count > 0;
  }
}

const says = (comment: string): boolean => commentText(comment) !== '';

/** Lines of both sides, by their indices, that stand between lines which are the same, or alike. */
interface LineGap {
  readonly lost: readonly number[];
  readonly added: readonly number[];
}

/** So many lines are compared with others, in all gaps together: some 10 ms. What is left after that counts as not alike. */
const maxComparisons = 10_000;

function gapsBetween(a: Lines, b: Lines): LineGap[] {
  let comparisons = 0;
  const intern = createIntern();
  const ids = ({ texts }: Lines) => Int32Array.from(texts, (text) => intern(text));
  return alignIds(ids(a), ids(b)).flatMap(({ fromA, toA, fromB, toB }) => {
    const lost = indices(fromA, toA);
    const added = indices(fromB, toB);
    if (lost.length < 2 || added.length === 0) return [{ lost, added }];
    if (added.every((at) => b.kinds[at] === 'code')) return [{ lost, added }];
    comparisons += lost.length * added.length;
    if (comparisons > maxComparisons) return [{ lost, added }];
    return pairSimilar(
      lost.map((at) => sideOf(a, at)),
      added.map((at) => sideOf(b, at)),
    ).map(({ fromA: from, toA: to, fromB: begin, toB: end }) => ({
      lost: lost.slice(from, to),
      added: added.slice(begin, end),
    }));
  });
}

function indices(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

function sideOf({ texts, kinds }: Lines, at: number): ComparedLine {
  const isComment = kinds[at] === 'comment';
  return { text: isComment ? commentText(texts[at]!) : texts[at]!, isComment };
}
