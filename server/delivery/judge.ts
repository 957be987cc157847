// What a text shows of the edit under way, or of one that was given up because the editor said that it had made it and its texts lacked it. If that one shows
// after all (vim-lsp tells of nothing while its user inserts, kak-lsp makes edits after its answer), it is there once too often, or took out what somebody had
// typed since.

import type { Clock } from '../clock.ts';
import { diffClosely } from '../text/diff.ts';
import { type Asked, explain, type Flight } from './flight.ts';
import { isElsewhere, type Reconciled, sighted } from './reconcile.ts';

/** Later nobody thinks of it any more: a text that looks like it is somebody's own doing. */
const longestMs = 15_000;
/** Somebody may type fewer units than this that happen to be those of the edit, at its very place, and take out as many as they like. */
const fewest = 4;

interface Late {
  readonly flight: Flight;
  readonly sinceMs: number;
  /** The editor may have answered before it made the edit. */
  readonly isLikely: boolean;
}

/** `by`: the edit that it is about. */
export interface Judged extends Reconciled {
  readonly by?: Flight;
}

export class Judge {
  readonly #clock: Clock;
  #late: Late | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nobody waits for the edit any more. */
  gaveUp(flight: Flight, answersFirst = true): void {
    this.#late = { flight, sinceMs: this.#clock.now(), isLikely: answersFirst };
  }

  judge(flight: Flight | undefined, question: Asked): Judged {
    const { previous, next } = question;
    const judged = flight
      ? { ...explain(flight, question), by: flight }
      : { ours: [], foreign: diffClosely(previous, next) };
    const late = judged.foreign.length > 0 && this.#lateIn(previous, next);
    this.#late?.flight.moved(judged.foreign);
    if (!late) return judged;
    this.#late = undefined;
    return { ...sighted(question, previous, true), by: late };
  }

  /** The edit that was given up, if all that lies between two texts is that edit, made where it was sent to: somebody may have done the same. */
  #lateIn(previous: string, next: string): Flight | undefined {
    const { flight, sinceMs = 0, isLikely = false } = this.#late ?? {};
    if (!flight || this.#clock.now() - sinceMs >= longestMs) return undefined;
    const { sent } = flight;
    if (!sent || !isElsewhere({ previous, next, sent })) return undefined;
    const brought = sent.reduce((units, { insert }) => units + insert.length, 0);
    return flight.isTypedOver || (isLikely && brought >= fewest) ? flight : undefined;
  }
}
