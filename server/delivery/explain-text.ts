// What a received text shows: of the pending apply, of one that was given up, and of what others changed. An apply is given up when the editor says that it has
// applied it and a later text lacks it. It may show all the same (vim-lsp reports nothing while its user inserts, kak-lsp applies edits after its answer); by
// then it has been sent again and is there twice, or it has deleted what was typed since.

import type { Clock } from '../clock.ts';
import { diffClosely } from '../text/diff.ts';
import type { PendingApply } from './pending-apply.ts';
import {
  asMisplaced,
  isMadeElsewhere,
  type MisplacedLanding,
  type Reconciled,
  type ReconcileInput,
  reconcile,
} from './reconcile.ts';

/** An apply that was given up longer ago does not explain a text any more: the user has done the same by hand. */
const longestMs = 15_000;
/** UTF-16 units. A shorter insertion at the very place of the edit may as well have been typed; a deletion may always be the user's. */
const fewest = 4;

/** The two texts to explain, and what a pending apply does not know itself. */
export type TextPair = Pick<ReconcileInput, 'previous' | 'next' | 'span' | 'isSuspect'>;

/** Edits in the wrong place, and the apply that they are of: the pending one, or one that was given up. */
export interface MisplacedApply extends MisplacedLanding {
  readonly apply: PendingApply;
}

export interface Explained extends Reconciled {
  readonly misplaced?: MisplacedApply;
}

interface Late {
  readonly apply: PendingApply;
  readonly sinceMs: number;
  /** The editor may have answered before it made the edit. */
  readonly isLikely: boolean;
}

export class TextExplainer {
  readonly #clock: Clock;
  #late: Late | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The apply is not waited for any more, and may show all the same. `answersFirst`: the editor answers before it applies an edit. */
  gaveUp(apply: PendingApply, answersFirst = true): void {
    this.#late = { apply, sinceMs: this.#clock.now(), isLikely: answersFirst };
  }

  explain(apply: PendingApply | undefined, texts: TextPair): Explained {
    const { previous, next } = texts;
    const explained = apply
      ? withApply(apply, explainText(apply, texts))
      : { ours: [], foreign: diffClosely(previous, next) };
    const late = explained.foreign.length > 0 && this.#lateIn(previous, next);
    this.#late?.apply.moveMissing(explained.foreign);
    if (!late) return explained;
    this.#late = undefined;
    return withApply(late, asMisplaced(texts, previous, true));
  }

  /** The apply that was given up, if the only difference between two texts is that it was made where it was sent to, and that is hardly the user's doing. */
  #lateIn(previous: string, next: string): PendingApply | undefined {
    const { apply, sinceMs = 0, isLikely = false } = this.#late ?? {};
    if (!apply || this.#clock.now() - sinceMs >= longestMs) return undefined;
    const { sent } = apply;
    if (!sent || !isMadeElsewhere({ previous, next, sent })) return undefined;
    const brought = sent.reduce((units, { insert }) => units + insert.length, 0);
    return apply.isTypedOver || (isLikely && brought >= fewest) ? apply : undefined;
  }
}

function withApply(apply: PendingApply, { ours, foreign, misplaced }: Reconciled): Explained {
  return misplaced ? { ours, foreign, misplaced: { ...misplaced, apply } } : { ours, foreign };
}

/** What a text shows of a pending apply, and what others changed. */
function explainText(apply: PendingApply, texts: TextPair): Reconciled {
  const { edits, sent, isRepair, isRefused, isTypedOver, hasLanded: isPartly } = apply;
  const { previous, next } = texts;
  const isLacking = apply.isLackingIn(next);
  // Either the user has undone what they typed, or our edit has deleted it: nobody can tell.
  if (isLacking && isMadeElsewhere({ previous, next, sent })) return asMisplaced(texts, previous, false);
  const isAnswered = apply.reply !== undefined || isRepair;
  const explained = isLacking ? undefined : reconcile({ ...texts, sent, isAnswered, isTypedOver, isPartly }, edits);
  // What was refused has landed only if the text shows all of it and no other change: users type things that are much alike.
  const isSure = explained?.ours.length === edits.length && explained.foreign.length === 0;
  return explained && (isSure || !isRefused) ? explained : { ours: [], foreign: diffClosely(previous, next) };
}
