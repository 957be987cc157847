// Where the new text joins the base again: a run of equal lines that is worth trusting, or a line that is hardly changed.

import { Comparable } from '../text/similarity.ts';
import { isBestReach, isWorthLosing } from './evidence.ts';
import { indentOf } from './indent.ts';
import type { OldLines } from './old-lines.ts';
import type { Overlap } from './overlap.ts';

/** At most this many places of one repeated line are tried, the nearest first, so that the work per line is bounded. */
const MAX_PLACES = 16;
/** A run must say more, the more lines are skipped to reach it. */
const PER_LINE = 0.08;
/** What runs in another indentation say in comparison. */
const SHIFTED = 0.9;
/** A changed line shares this much with its old one, and so much more than with any other one near it. */
const SIMILAR = 0.75;
const MARGIN = 0.1;
/** A line shorter than this is like many others, and so many lines ahead may be the one that changed. */
const MIN_LENGTH = 8;
const MAX_AHEAD = 16;

/** The last `length` waiting lines stand for the base lines from `at` on. */
export interface Anchor {
  readonly at: number;
  readonly length: number;
}

/** What anchors are looked for in. */
export interface Waiting {
  readonly old: OldLines;
  readonly lines: readonly string[];
  /** Lines that were inserted just before the waiting ones, in front of the same base line: a run may start in them. */
  readonly inserted: readonly string[];
  readonly overlap: () => Overlap;
}

/** The anchor that the newest waiting line completes, if any. */
export function findAnchor(waiting: Waiting): Anchor | undefined {
  const { old, lines } = waiting;
  if (!isInStep(old, lines)) return findRun(waiting) ?? findChanged(waiting);
  const score = lines.reduce((sum, line) => sum + weigh(old, line.trim()), 0);
  return score * SHIFTED >= 1 ? { at: old.next, length: lines.length } : undefined;
}

/** Whether new lines are the next old ones with another indentation. */
export function isInStep(old: OldLines, lines: readonly string[]): boolean {
  if (old.next + lines.length > old.count) return false;
  return lines.every((line, i) => line.trim() === old.key(old.next + i));
}

function findRun(waiting: Waiting): Anchor | undefined {
  const { old, lines, inserted } = waiting;
  const seen = [...inserted, ...lines];
  for (const end of old.ahead(lines.at(-1)!.trim(), MAX_PLACES)) {
    const { length: run, score, matched } = measureRun(old, seen, end);
    const length = Math.min(run, lines.length);
    const at = end - length + 1;
    if (score < 1 + PER_LINE * (at - old.next - (lines.length - length))) continue;
    if (isTrusted(waiting, { at, length }, matched)) return { at, length };
  }
  return undefined;
}

/** Whether no other place suits the waiting lines better, and what lies before this one may be given up. */
function isTrusted({ old, lines, overlap: get }: Waiting, { at, length }: Anchor, matched: number): boolean {
  const overlap = get();
  if (at + length > overlap.last) return isWorthLosing(old.size(old.next, at), matched);
  if (!isBestReach(overlap, lines.length, at + length)) return false;
  const before = overlap.start(at);
  return isWorthLosing(before - overlap.common(lines.length - length, before), matched);
}

function measureRun(old: OldLines, lines: readonly string[], end: number) {
  const shift = indentOf(lines.at(-1)!).length - indentOf(old.text(end)).length;
  let score = 0;
  let matched = 0;
  let length = 0;
  while (length < lines.length && end - length >= old.next) {
    const line = lines[lines.length - 1 - length]!;
    const other = old.text(end - length);
    const key = line.trim();
    if (key !== other.trim() || (key !== '' && indentOf(line).length - indentOf(other).length !== shift)) break;
    score += weigh(old, key);
    matched += key.length + 1;
    length++;
  }
  return { length, matched, score: shift === 0 ? score : score * SHIFTED };
}

/** How much an equal line says about its place. */
function weigh(old: OldLines, key: string): number {
  if (key === '') return 0.1;
  if (!/\w.*\w/.test(key)) return 0.25;
  return old.withKey(key).length === 1 ? 1.2 : 0.7;
}

/** The old line that the newest one is a change of, if only one of the next ones is similar enough. */
function findChanged({ old, lines, overlap }: Waiting): Anchor | undefined {
  const key = lines.at(-1)!.trim();
  if (key.length < MIN_LENGTH) return undefined;
  const line = new Comparable(key);
  let best = -1;
  let most = SIMILAR;
  let second = 0;
  for (let at = old.next; at < Math.min(old.count, old.next + Math.min(lines.length, MAX_AHEAD)); at++) {
    const similarity = line.similarity(old.key(at));
    if (similarity > most) {
      second = most;
      most = similarity;
      best = at;
    } else second = Math.max(second, similarity);
  }
  if (best < 0 || most === 1 || most - second < MARGIN) return undefined;
  const before = best === old.next ? 0 : overlap().start(best);
  const lost = before === 0 ? 0 : before - overlap().common(lines.length - 1, before);
  return isWorthLosing(lost, key.length) ? { at: best, length: 1 } : undefined;
}
