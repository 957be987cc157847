// Anchors: where the new text joins the base again. A run of equal lines that is long or rare enough, or a line that is hardly changed.

import { LcsText } from '../text/lcs.ts';
import { indentOf } from '../text/lines.ts';
import { isBestEnd, mayDrop } from './alignment-score.ts';
import type { BaseLines } from './base-lines.ts';
import type { OverlapTable } from './overlap-table.ts';

/** At most this many occurrences of one repeated line are tried, the nearest first, so that the work for each line is bounded. */
const maxOccurrences = 16;
/** A run must score 1, and this much more for each base line that is skipped to reach it. */
const scorePerSkippedLine = 0.08;
/** Weight of a run in another indentation. */
const reindentedWeight = 0.9;
/** A modified line has at least this similarity to its base line, and exceeds its similarity to any other one near by the margin. */
const minSimilarity = 0.75;
const similarityMargin = 0.1;
/** UTF-16 units: a shorter line resembles too many others. And how many base lines ahead may be the one that was modified. */
const minLength = 8;
const maxAhead = 16;

/** The last `length` pending lines stand for the base lines from `at` on, one for one. */
export interface Anchor {
  readonly at: number;
  readonly length: number;
}

/** What an anchor is looked for in. */
export interface AnchorInput {
  readonly base: BaseLines;
  /** The pending lines; the anchor must include the last one. */
  readonly lines: readonly string[];
  /** Lines that were inserted just before the pending ones, in front of the same base line: a run may start in them. */
  readonly inserted: readonly string[];
  /** Called only where it is needed: the table costs more than everything else here. */
  readonly overlap: () => OverlapTable;
}

/** The anchor that the newest pending line completes, if any. */
export function findAnchor(input: AnchorInput): Anchor | undefined {
  const { base, lines } = input;
  if (!isReindented(base, lines)) return findRun(input) ?? findModifiedLine(input);
  const score = lines.reduce((sum, line) => sum + lineWeight(base, line.trim()), 0);
  return score * reindentedWeight >= 1 ? { at: base.next, length: lines.length } : undefined;
}

/** Whether `lines` are the next base lines, indentation aside. */
export function isReindented(base: BaseLines, lines: readonly string[]): boolean {
  if (base.next + lines.length > base.count) return false;
  return lines.every((line, i) => line.trim() === base.key(base.next + i));
}

function findRun(input: AnchorInput): Anchor | undefined {
  const { base, lines, inserted } = input;
  const recent = [...inserted, ...lines];
  for (const end of base.linesAhead(lines.at(-1)!.trim(), maxOccurrences)) {
    const { length: run, score, matched } = measureRun(base, recent, end);
    const length = Math.min(run, lines.length);
    const at = end - length + 1;
    if (score < 1 + scorePerSkippedLine * (at - base.next - (lines.length - length))) continue;
    if (isTrusted(input, { at, length }, matched)) return { at, length };
  }
  return undefined;
}

/** Whether no other place suits all pending lines better, and the base before this one may be replaced by the lines before the run. */
function isTrusted({ base, lines, overlap: get }: AnchorInput, { at, length }: Anchor, matched: number): boolean {
  const overlap = get();
  if (at + length > overlap.last) return mayDrop(base.size(base.next, at), matched);
  if (!isBestEnd(overlap, lines.length, at + length)) return false;
  const before = overlap.start(at);
  return mayDrop(before - overlap.common(lines.length - length, before), matched);
}

/** The run of equal lines, in one constant shift of indentation, that ends with the last of `lines` and the base line `end`. `matched`: its UTF-16 units. */
function measureRun(base: BaseLines, lines: readonly string[], end: number) {
  const shift = indentOf(lines.at(-1)!).length - indentOf(base.text(end)).length;
  let score = 0;
  let matched = 0;
  let length = 0;
  while (length < lines.length && end - length >= base.next) {
    const line = lines[lines.length - 1 - length]!;
    const other = base.text(end - length);
    const key = line.trim();
    if (key !== other.trim() || (key !== '' && indentOf(line).length - indentOf(other).length !== shift)) break;
    score += lineWeight(base, key);
    matched += key.length + 1;
    length++;
  }
  return { length, matched, score: shift === 0 ? score : score * reindentedWeight };
}

/** How much an equal line says about its place: nearly nothing if it is blank or only punctuation, most if it is unique in the base. */
function lineWeight(base: BaseLines, key: string): number {
  if (key === '') return 0.1;
  if (!/\w.*\w/.test(key)) return 0.25;
  return base.linesWithKey(key).length === 1 ? 1.2 : 0.7;
}

/** The base line that the newest line is a modification of, if exactly one of the next ones is similar enough. */
function findModifiedLine({ base, lines, overlap }: AnchorInput): Anchor | undefined {
  const key = lines.at(-1)!.trim();
  if (key.length < minLength) return undefined;
  const line = new LcsText(key);
  let best = -1;
  let most = minSimilarity;
  let second = 0;
  for (let at = base.next; at < Math.min(base.count, base.next + Math.min(lines.length, maxAhead)); at++) {
    const similarity = line.similarity(base.key(at));
    if (similarity > most) {
      second = most;
      most = similarity;
      best = at;
    } else second = Math.max(second, similarity);
  }
  if (best < 0 || most === 1 || most - second < similarityMargin) return undefined;
  const before = best === base.next ? 0 : overlap().start(best);
  const lost = before === 0 ? 0 : before - overlap().common(lines.length - 1, before);
  return mayDrop(lost, key.length) ? { at: best, length: 1 } : undefined;
}
