// Texts of an editor that makes one edit of ours line by line, and tells of what it has so far (Vim with yegappan/lsp).

import type { Clock, Timer } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { trim } from '../text/diff.ts';
import { applyEdits } from '../text/edit.ts';
import { lineCount } from '../text/lines.ts';
import type { Flight } from './flight.ts';
import { placed } from './placing.ts';
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
export function isHalfwayThrough(flight: Flight, text: string, next: string): boolean {
  const { edits, sent, isRefused, reply } = flight;
  if (isRefused) return false;
  if (isPartOf(text, edits, next)) return true;
  const elsewhere = sent && placed(text, sent);
  if (!reply && elsewhere && isPartOf(text, elsewhere, next)) return true;
  return [edits, elsewhere].some((each) => each && isHalfway(text, applyEdits(text, each), next));
}

/**
 * Whether as many lines as there were are set, and those that are too many not deleted, or those that are missing not appended: `next` has as many lines as
 * `previous`, begins, in whole lines, as `whole` does, the text with our edits, with some of what we changed, and goes on as `previous`.
 */
export function isHalfway(previous: string, whole: string, next: string): boolean {
  if (next === whole) return false;
  const begins = trim(whole, next).from;
  const isAllSet = begins === next.length && isBreak(whole[begins]);
  const cut = isAllSet ? begins : next.lastIndexOf('\n', begins - 1) + 1;
  const kept = previous.length - (next.length - cut);
  if (!previous.endsWith(next.slice(cut)) || (cut < next.length && previous[kept - 1] !== '\n')) return false;
  const isAsBefore = previous.startsWith(next.slice(0, cut)) && (!isAllSet || isBreak(previous[cut]));
  return !isAsBefore && lineCount(previous) === lineCount(next);
}

/** Also the end of the text, which is undefined. */
function isBreak(unit: string | undefined): boolean {
  return unit === undefined || unit === '\r' || unit === '\n';
}
