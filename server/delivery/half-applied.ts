// Texts that an editor reports while it is still applying an edit of ours: Vim with yegappan/lsp sets the lines first, and appends or deletes lines afterwards.

import type { Clock } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { trimCommon } from '../text/diff.ts';
import { applyEdits } from '../text/edit.ts';
import { lineCount } from '../text/lines.ts';
import { EditorDeadline } from './editor-deadline.ts';
import type { PendingApply } from './pending-apply.ts';
import { isPartOf } from './reconcile.ts';
import { placeSentEdits } from './sent-edit.ts';

/** A reported text that is not read yet, because the next one may show the whole edit. It is read when its time is up and no other has come. */
export class HeldText {
  readonly #clock: Clock;
  readonly #deadline: EditorDeadline;
  readonly #read: () => void;
  #next: Snapshot | undefined;

  constructor(clock: Clock, read: () => void) {
    this.#clock = clock;
    this.#deadline = new EditorDeadline(clock);
    this.#read = read;
  }

  /** `untilMs` may be infinite: until the editor has answered. */
  hold(next: Snapshot, untilMs: number): void {
    this.#next = next;
    this.until(untilMs);
  }

  until(ms: number): void {
    if (!this.#next) return;
    if (Number.isFinite(ms)) this.#deadline.in(ms - this.#clock.now(), this.#read);
    else this.#deadline.clear();
  }

  /** Gives the held text away, if there is one. */
  take(): Snapshot | undefined {
    const next = this.#next;
    this.#deadline.clear();
    this.#next = undefined;
    return next;
  }
}

/** Whether `next` may be a state in the midst of applying `apply` to `text`: where its edits belong by now, or at the positions that were sent. */
export function mayBeHalfApplied(apply: PendingApply, text: string, next: string): boolean {
  const { edits, sent, isRefused, reply } = apply;
  if (isRefused) return false;
  if (isPartOf(text, edits, next)) return true;
  const elsewhere = sent && placeSentEdits(text, sent);
  if (!reply && elsewhere && isPartOf(text, elsewhere, next)) return true;
  return [edits, elsewhere].some((each) => each && isHalfApplied(text, applyEdits(text, each), next));
}

/**
 * Whether the lines that `previous` had are set, and surplus lines are not deleted yet, or missing ones not appended: `next` has as many lines as `previous`,
 * begins with whole lines of `whole` (the text with all of our edits) among which some are changed, and goes on like `previous`.
 */
export function isHalfApplied(previous: string, whole: string, next: string): boolean {
  if (next === whole) return false;
  const begins = trimCommon(whole, next).from;
  const isAllSet = begins === next.length && isBreak(whole[begins]);
  const cut = isAllSet ? begins : next.lastIndexOf('\n', begins - 1) + 1;
  const kept = previous.length - (next.length - cut);
  if (!previous.endsWith(next.slice(cut)) || (cut < next.length && previous[kept - 1] !== '\n')) return false;
  const isAsBefore = previous.startsWith(next.slice(0, cut)) && (!isAllSet || isBreak(previous[cut]));
  return !isAsBefore && lineCount(previous) === lineCount(next);
}

/** `unit` is undefined at the end of the text, which counts as a break. */
function isBreak(unit: string | undefined): boolean {
  return unit === undefined || unit === '\r' || unit === '\n';
}
