// Texts of an editor that makes one edit of ours line by line, and tells of what it has so far (Vim with yegappan/lsp).

import type { Clock, Timer } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { trim } from '../text/diff.ts';
import { applyEdits } from '../text/edit.ts';
import type { Flight } from './flight.ts';
import { placed } from './misplaced.ts';
import { isPartOf } from './reconcile.ts';

/** A text that waits for the next one before it is judged, for some time at most. */
export class Unjudged {
  readonly #clock: Clock;
  readonly #judge: () => void;
  #next: Snapshot | undefined;
  #timer: Timer;

  constructor(clock: Clock, judge: () => void) {
    this.#clock = clock;
    this.#judge = judge;
  }

  /** `untilMs` may be infinite: until the editor has answered. */
  hold(next: Snapshot, untilMs: number): void {
    this.#next = next;
    this.until(untilMs);
  }

  until(ms: number): void {
    if (!this.#next) return;
    this.#clock.clearTimer(this.#timer);
    if (Number.isFinite(ms)) this.#timer = this.#clock.setTimer(this.#judge, ms - this.#clock.now());
  }

  /** There is none any more. */
  take(): Snapshot | undefined {
    const next = this.#next;
    this.#clock.clearTimer(this.#timer);
    this.#next = undefined;
    return next;
  }
}

/** Whether an editor may be half-way through the edit under way, in its place or where it was sent to. */
export function isHalfwayThrough({ edits, sent, isRepair, isRefused }: Flight, text: string, next: string): boolean {
  if (isRefused) return false;
  if (isRepair && isPartOf(text, edits, next)) return true;
  const elsewhere = sent && placed(text, sent);
  return [edits, elsewhere].some((each) => each && isHalfway(text, applyEdits(text, each), next));
}

/**
 * Whether nothing in `next` differs from `previous` but our own places: it begins, in whole lines, as `whole` does, the text with our edits, and goes
 * on as `previous`, or the other way round, with some of what we changed in it and some not.
 */
export function isHalfway(previous: string, whole: string, next: string): boolean {
  return isJoinOf(whole, previous, next) || isJoinOf(previous, whole, next);
}

/** Whether `next` is the beginning of one text and the end of the other, which may be nothing, cut between two lines, and neither of them. */
function isJoinOf(first: string, second: string, next: string): boolean {
  if (next === first || next === second) return false;
  const begins = trim(first, next);
  const ends = trim(second, next);
  // Both are read as far as they go: the cut is behind the line with what the second lacks, and before what the first lacks.
  const cut = next.indexOf('\n', Math.max(ends.from, ends.toB - 1)) + 1 || next.length;
  return cut <= begins.from;
}
