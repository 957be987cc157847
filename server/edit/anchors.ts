// Where the new text joins the base again: a run of equal lines that is worth trusting, or a line that is hardly changed.

import { Comparable } from '../text/similarity.ts';
import { indentOf } from './indent.ts';
import { isWorthSkipping } from './likelihood.ts';
import type { OldLines } from './old-lines.ts';

/** At most this many places of one repeated line are tried, the nearest first, so that the work per line is bounded. */
const MAX_PLACES = 16;
const PER_LINE = 0.08;
const SIMILAR = 0.8;
const MARGIN = 0.1;
const MIN_LENGTH = 8;
const MAX_WINDOW = 16;

/** The last `length` pending lines stand for the base lines from `at` on. */
export interface Anchor {
  readonly at: number;
  readonly length: number;
}

/** The anchor that the newest pending line completes, if any; `doubt`: so many of the newest lines may be one, once more of it is seen. */
export function findAnchor(old: OldLines, pending: readonly string[]): { anchor?: Anchor; doubt: number } {
  if (isInStep(old, pending, pending.length)) {
    const score = pending.reduce((sum, line) => sum + weigh(old, line.trim()), 0);
    return score * 0.9 >= 1 ? { anchor: { at: old.next, length: pending.length }, doubt: 0 } : { doubt: 0 };
  }
  let doubt = 0;
  let tried = 0;
  for (const end of old.withKey(pending.at(-1)!.trim())) {
    if (end < old.next || old.key(end) !== pending.at(-1)!.trim()) continue;
    if (++tried > MAX_PLACES) break;
    const { length, score } = measureRun(old, pending, end);
    const at = end - length + 1;
    const inserted = pending.length - length;
    if (score < 1 + PER_LINE * (at - old.next - inserted)) continue;
    if (isWorthSkipping(old, at, pending, length)) return { anchor: { at, length }, doubt: 0 };
    doubt = Math.max(doubt, length);
  }
  const at = findChanged(old, pending);
  return at === undefined ? { doubt } : { anchor: { at, length: 1 }, doubt: 0 };
}

/** Whether the first `count` new lines are the next old ones with another indentation. */
export function isInStep(old: OldLines, pending: readonly string[], count: number): boolean {
  if (count === 0 || old.next + count > old.count) return false;
  for (let line = 0; line < count; line++) if (pending[line]!.trim() !== old.key(old.next + line)) return false;
  return true;
}

function measureRun(old: OldLines, pending: readonly string[], end: number): { length: number; score: number } {
  const shift = indentOf(pending.at(-1)!).length - indentOf(old.text(end)).length;
  let score = 0;
  let length = 0;
  while (length < pending.length && end - length >= old.next) {
    const line = pending[pending.length - 1 - length]!;
    const other = old.text(end - length);
    const key = line.trim();
    if (key !== other.trim() || (key !== '' && indentOf(line).length - indentOf(other).length !== shift)) break;
    score += weigh(old, key);
    length++;
  }
  return { length, score: shift === 0 ? score : score * 0.9 };
}

/** How much an equal line says about its place. */
function weigh(old: OldLines, key: string): number {
  if (key === '') return 0.1;
  if (!/\w.*\w/.test(key)) return 0.25;
  return old.withKey(key).length === 1 ? 1.2 : 0.7;
}

/** The old line that the newest one is a change of, if only one of the next ones is similar enough. */
function findChanged(old: OldLines, pending: readonly string[]): number | undefined {
  const key = pending.at(-1)!.trim();
  if (key.length < MIN_LENGTH) return undefined;
  const line = new Comparable(key);
  let best = -1;
  let most = SIMILAR;
  let second = 0;
  for (let at = old.next; at < Math.min(old.count, old.next + Math.min(pending.length, MAX_WINDOW)); at++) {
    const similarity = line.similarity(old.key(at));
    if (similarity > most) {
      second = most;
      most = similarity;
      best = at;
    } else second = Math.max(second, similarity);
  }
  if (best < 0 || most === 1 || most - second < MARGIN) return undefined;
  return isWorthSkipping(old, best, pending, 1) ? best : undefined;
}
