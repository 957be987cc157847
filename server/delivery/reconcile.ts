// Explains a text that the editor has reported: which of our edits under way it shows, and what others changed.
//
// How our edits and the user's share one text is one story, told by the files of this folder in this order:
//
// 1. Texts, not ranges. Editors merge our edit and the user's into one range, skip version numbers, and say `applied` of edits that they have dropped. What is
//    never wrong is the text that a didChange leads to. So no file here looks at contentChanges or believes a flag: everything is read off two texts, the last
//    one and the next one.
// 2. Reconcile (this file). Between the two lie our edits under way, all of them, none, or some, and what others did. Each of these is an explanation, and its
//    price is how much others must have inserted and deleted. The cheapest is believed, in favour of one that leaves the region alone; a tie goes to the one
//    without our edits, because an edit that is claimed but not there would be lost. Where even the cheapest costs something, a further one is searched for:
//    that our edits were applied by line and character in a text that had not been reported, and stand in the wrong place (find-misplaced.ts).
//    The result is `ours`, then `foreign`, always to be applied in this order.
// 3. Rebase (rebase.ts). `foreign` is a diff, and a diff is only one of several true descriptions of a change. It is described again so that it leaves a region
//    alone, if that is as true. Then every offset of ours is mapped over it.
// 4. Landed changes (landed-changes.ts). `ours` becomes changes that remember what stood there before. Both `ours` and `foreign` move them on; what others have
//    touched is the user's from then on. What is left is what a revert can take out.
// 5. The region (region-text.ts) joins 3 and 4: its span, its landed changes, and every text that it has had. A text that it has had before is an undo, and is
//    recognised by reading alone. What the model still wants to change is mapped through what has landed to where the region is (hunk-queue.ts), each time
//    that it is sent.
//
// Offsets are UTF-16 units in one of four spaces, which every declaration here names: the base (the region's text that the model was asked about), the clean
// text (the latest without misplaced edits, in which regions live), the reported text (the latest as it is, for which edits are sent), and the positions that
// were sent, by line and character, which the editor may apply to any text.

import { diffClosely, trimCommon } from '../text/diff.ts';
import { applyEdits, type Edit, editsLeadTo, invertEdits, sizeOfEdits } from '../text/edit.ts';
import { overlapLength, type Span } from '../text/span.ts';
import { distance, maxDistance } from './distance.ts';
import { findMisplaced, tooLongToTypeByChance } from './find-misplaced.ts';
import { editsAvoiding, mapSpan, rebase, touches } from './rebase.ts';
import { placeSentEdits, type SentEdit } from './sent-edit.ts';

/**
 * `ours`: those of the edits under way that the new text shows, in offsets of the old text: all of them, none, or, while an editor applies
 * them one by one, some. `foreign`: what others changed, in offsets of the old text with `ours` applied.
 */
export interface Reconciled {
  readonly ours: readonly Edit[];
  readonly foreign: readonly Edit[];
  /** The edits under way landed in the wrong place. `ours` is empty then, and `foreign` leads to `clean`. */
  readonly misplaced?: MisplacedLanding;
}

/** Edits that were applied at the positions that were sent, which are not where they belong any more. */
export interface MisplacedLanding {
  /** The new text without them, and with what they deleted. */
  readonly clean: string;
  /** The offset of the first of them in the new text. */
  readonly at: number;
  /** False: it looks like that, but too little speaks for it to change anything. `clean` is the new text itself then. */
  readonly isCertain: boolean;
}

/** An explanation and its price. */
interface Explanation extends Reconciled {
  /** UTF-16 units that others inserted and deleted, and `doubts`. */
  readonly size: number;
  /** Whether others changed the region that the edits are for. */
  readonly isTouched: boolean;
}

export interface ReconcileInput {
  readonly previous: string;
  readonly next: string;
  /** The region, in `previous`. */
  readonly span: Span;
  /** Whether the editor has answered: the edits have more likely landed then, and it is no longer in the midst of applying them. */
  readonly isAnswered: boolean;
  /** The edits as the editor got them; absent where it certainly has not applied them. */
  readonly sent?: readonly SentEdit[] | undefined;
  /** The editor has applied edits in the wrong place before. */
  readonly isSuspect?: boolean;
  /** Since the edits were sent, a text has shown typing inside what they delete. */
  readonly isTypedOver?: boolean;
  /** Some of the edits have landed where they belong: the others are not searched for in wrong places. */
  readonly isPartly?: boolean;
}

/** The price of each unit of ours that others would have to have deleted right after it landed, before and after the editor has answered. */
const doubts = { unanswered: 2, answered: 1 };

/** By how many units an explanation with misplaced edits must be cheaper than any other to be certain; less is enough in an editor that has done it before. */
const misplacedMargin = { usual: 4, suspect: 1 };

/** The factor on the price of an explanation in which others changed the region. */
const touchedFactor = 1.5;

/**
 * Explains `next` as `previous` with some of `underWay` (sorted, in offsets of `previous`) and the least change by others, in favour of one that leaves the
 * region (`span`) alone. `ours` of the result holds the very objects of `underWay`.
 */
export function reconcile(input: ReconcileInput, underWay: readonly Edit[]): Reconciled {
  const { previous, next, isTypedOver } = input;
  const explained = likeliest(input, underWay);
  if (!isTypedOver || explained.ours.length === 0) return explained;
  // What others had typed inside is deleted by our edit, and in no text any more: it has to be put back first.
  return asMisplaced(input, applyEdits(next, rebase(invertEdits(previous, explained.ours), explained.foreign)), true);
}

function likeliest(input: ReconcileInput, underWay: readonly Edit[]): Reconciled {
  const { previous, next, isAnswered } = input;
  // Explanations without any change by others need not be weighed against what else it could be.
  const isExact = next !== previous && editsLeadTo(previous, underWay, next);
  if (isExact) return { ours: underWay, foreign: [] };
  if (isMadeElsewhere(input)) return asMisplaced(input, previous, true);
  const none = explain(input, []);
  if (underWay.length === 0 || none.size === 0) return none;
  const all = mayShowAll(input, underWay, weight(none)) ? explain(input, underWay) : undefined;
  const best = all && (isProof(input, all) || weight(all) < weight(none)) ? all : none;
  if (best.size === 0) return best;
  const parts = isAnswered ? [] : partsOf(underWay);
  for (const ours of parts) if (editsLeadTo(previous, ours, next)) return { ours, foreign: [] };
  const isGuessed = !input.isPartly && (input.isSuspect || !isOneDeletion(best.foreign));
  const least = Math.min(none.size, all?.size ?? Number.POSITIVE_INFINITY);
  return (isGuessed && misplaced(input, applyEdits(previous, underWay), least)) || best;
}

/** That is one stroke of a key, however much it deletes: no other explanation is searched for. */
function isOneDeletion([edit, ...others]: readonly Edit[]): boolean {
  return edit?.insert === '' && others.length === 0;
}

/** `right`: the last text with all of our edits where they belong. `least`: the price of the best other explanation. */
function misplaced(input: ReconcileInput, right: string, least: number): Reconciled | undefined {
  const { previous, next, sent, isSuspect } = input;
  const found = sent && findMisplaced({ previous, next, sent, right }, least - 1);
  if (!found) return undefined;
  const isCertain =
    found.isCertain && least - found.size >= (isSuspect ? misplacedMargin.suspect : misplacedMargin.usual);
  return asMisplaced(input, found.clean, isCertain);
}

/** The explanation that the edits are misplaced in `next`, which would be `without` if they were not there. */
export function asMisplaced(
  { previous, next }: Pick<ReconcileInput, 'previous' | 'next'>,
  without: string,
  isCertain: boolean,
): Reconciled {
  const clean = isCertain ? without : next;
  const at = trimCommon(next, without).from;
  return { ours: [], foreign: diffClosely(previous, clean), misplaced: { clean, at, isCertain } };
}

/** Whether `next` is `previous` with the edits at the positions that were sent, and no other change. */
export function isMadeElsewhere({ previous, next, sent }: Pick<ReconcileInput, 'previous' | 'next' | 'sent'>): boolean {
  if (!sent || next === previous) return false;
  const edits = placeSentEdits(previous, sent);
  return edits !== undefined && editsLeadTo(previous, edits, next);
}

function weight({ size, isTouched }: Explanation): number {
  return isTouched ? size * touchedFactor : size;
}

/**
 * Whether the explanation with all of our edits may be a proof, or as light as `most`. If not, that is known much sooner than its price: while an edit is under
 * way this is asked at every key that is typed elsewhere.
 */
function mayShowAll({ previous, next, span }: ReconcileInput, underWay: readonly Edit[], most: number): boolean {
  const whole = applyEdits(previous, underWay);
  const region = mapSpan(span, underWay, true);
  if (most >= maxDistance || next.includes(whole.slice(region.from, region.to))) return true;
  return bringsProof(previous, next, underWay) || distanceOf(whole, next, Math.floor(most)) !== undefined;
}

/** Whether that is no coincidence: the region reads exactly what our edits make of it, or a long insertion of theirs stands there, and did not in the last text. */
function isProof({ previous, next, span }: ReconcileInput, { ours, isTouched }: Explanation): boolean {
  const region = mapSpan(span, ours, true);
  if (!isTouched && !previous.includes(applyEdits(previous, ours).slice(region.from, region.to))) return true;
  return bringsProof(previous, next, ours);
}

/** Whether a long insertion stands in the text that did not stand in the last one. */
function bringsProof(previous: string, next: string, ours: readonly Edit[]): boolean {
  return ours.some(({ insert }) => {
    const brought = insert.trim();
    return brought.length >= tooLongToTypeByChance && next.includes(brought) && !previous.includes(brought);
  });
}

function explain(input: ReconcileInput, ours: readonly Edit[]): Explanation {
  const { previous, next, span, isAnswered } = input;
  const text = applyEdits(previous, ours);
  const edits = diffClosely(text, next);
  const short = sizeOfEdits(edits);
  const least = short === 0 ? 0 : (distanceOf(text, next, short) ?? short);
  const doubt = isAnswered ? doubts.answered : doubts.unanswered;
  const size = least + doubt * overlapLength(invertEdits(previous, ours), edits);
  const region = mapSpan(span, ours, true);
  const foreign = editsAvoiding({ text, next, edits }, region);
  return { ours, foreign, size, isTouched: foreign.some((edit) => touches(edit, region)) };
}

function distanceOf(a: string, b: string, most: number): number | undefined {
  const { from, toA, toB } = trimCommon(a, b);
  return distance(a.slice(from, toA), b.slice(from, toB), most);
}

/** Whether `next` is `text` with some of `edits`: the first of them, or the last. */
export function isPartOf(text: string, edits: readonly Edit[], next: string): boolean {
  for (const part of partsOf(edits)) if (editsLeadTo(text, part, next)) return true;
  return false;
}

/** The states between the edits of one request: editors apply them from the last to the first, or the other way round. */
function* partsOf(edits: readonly Edit[]): Generator<readonly Edit[]> {
  for (let n = edits.length - 1; n > 0; n--) {
    yield edits.slice(0, n);
    yield edits.slice(edits.length - n);
  }
}
