// What a received text says about an edit of ours that is under way, and about what the user did meanwhile.
// Works on texts alone: contentChanges, versions and `applied` flags can't be trusted (see README.md).

import { diffClosely, trim } from '../text/diff.ts';
import { applyEdits, type Edit, invertEdits, leadTo, sizeOfEdits } from '../text/edit.ts';
import { type Span, sharedUnits } from '../text/span.ts';
import { distance } from './distance.ts';
import { findMisplaced, much } from './misplaced.ts';
import { placed, type SentEdit } from './placing.ts';
import { rebase } from './rebase.ts';
import { mapSpan, tellAround, touches } from './retell.ts';

/**
 * `ours`: those of the edits under way that the new text shows (offsets into the old text), all of them, none, or, while an editor applies
 * them one by one, some. `foreign`: what else changed, in offsets into the old text with `ours` applied.
 */
export interface Reconciled {
  readonly ours: readonly Edit[];
  readonly foreign: readonly Edit[];
  /** Of edits that landed in the wrong place. `ours` is empty then, and `foreign` leads to `clean`. */
  readonly misplaced?: Sighted;
}

/** Edits under way that landed where they stood before what others changed. */
export interface Sighted {
  /** The new text without them, and with what they took out. */
  readonly clean: string;
  /** Where they stand, in the new text. */
  readonly at: number;
  /** False: it looks so, but not enough speaks for it to change anything. `clean` is the new text itself then. */
  readonly isCertain: boolean;
}

/** An explanation, and how much of a change by others it takes. */
interface Explanation extends Reconciled {
  /** Units that others inserted and deleted; see `doubts`. */
  readonly size: number;
  /** Whether others changed the region that the edits are for. */
  readonly isTouched: boolean;
}

export interface Question {
  readonly previous: string;
  readonly next: string;
  /** The region, in `previous`. */
  readonly span: Span;
  /** Whether the editor has answered: the edits have more likely landed then, and it is no longer half-way through them. */
  readonly isAnswered: boolean;
  /** The edits as the editor got them; absent where it certainly has not made them. */
  readonly sent?: readonly SentEdit[] | undefined;
  /** The editor has put edits in the wrong place before. */
  readonly isSuspect?: boolean;
  /** Others have typed into what the edits take out, and told of it since they were sent. */
  readonly isTypedOver?: boolean;
  /** Some of them have landed where they belong: where else the others might be is not guessed. */
  readonly isPartly?: boolean;
}

/** How often each unit of ours counts that others would have to have deleted right after it landed: before and after the editor has answered. */
const doubts = { unanswered: 2, answered: 1 };

/** So many units that others would have to have changed elsewhere to look like edits of ours are no coincidence; fewer do in an editor that is known for it. */
const proof = { usual: 4, suspect: 1 };

/** How much more others may have changed for an explanation to be believed that leaves the region alone. */
const alone = 1.5;

/**
 * Explains `next` as `previous` with some of `underWay` (sorted, offsets into `previous`) and the least change by others, who rather left the
 * region (`span`) alone. An explanation without our edits wins a tie: claiming an edit that is not there would lose it. `ours` holds the very
 * objects of `underWay`.
 */
export function reconcile(question: Question, underWay: readonly Edit[]): Reconciled {
  const { previous, next, isTypedOver } = question;
  const explained = likeliest(question, underWay);
  if (!isTypedOver || explained.ours.length === 0) return explained;
  // What others had typed by then is in no text any more, unless it is put back.
  return sighted(question, applyEdits(next, rebase(invertEdits(previous, explained.ours), explained.foreign)), true);
}

function likeliest(question: Question, underWay: readonly Edit[]): Reconciled {
  const { previous, next, isAnswered } = question;
  // The rule, and explanations without any doubt: there is no need to weigh what else it could be.
  const isExact = next !== previous && leadTo(previous, underWay, next);
  if (isExact) return { ours: underWay, foreign: [] };
  if (isElsewhere(question)) return sighted(question, previous, true);
  const none = explain(question, []);
  if (underWay.length === 0 || none.size === 0) return none;
  const all = explain(question, underWay);
  const best = isProof(question, all) || weight(all) < weight(none) ? all : none;
  if (best.size === 0) return best;
  const parts = isAnswered ? [] : partsOf(underWay);
  for (const ours of parts) if (leadTo(previous, ours, next)) return { ours, foreign: [] };
  const isGuessed = !question.isPartly && (question.isSuspect || !isOneDeletion(best.foreign));
  const least = Math.min(none.size, all.size);
  return (isGuessed && misplaced(question, applyEdits(previous, underWay), least)) || best;
}

/** One stroke of a key, however much that takes out: where else it might come from is not guessed. */
function isOneDeletion([edit, ...others]: readonly Edit[]): boolean {
  return edit?.insert === '' && others.length === 0;
}

/** `right`: the last text with all of our edits; `least`: what the best other explanation takes. */
function misplaced(question: Question, right: string, least: number): Reconciled | undefined {
  const { previous, next, sent, isSuspect } = question;
  const found = sent && findMisplaced({ previous, next, sent, right }, least - 1);
  if (!found) return undefined;
  const isCertain = found.isCertain && least - found.size >= (isSuspect ? proof.suspect : proof.usual);
  return sighted(question, found.clean, isCertain);
}

/** Without the edits, which are in the wrong place, `next` would be `without`. */
export function sighted(
  { previous, next }: Pick<Question, 'previous' | 'next'>,
  without: string,
  isCertain: boolean,
): Reconciled {
  const clean = isCertain ? without : next;
  const at = trim(next, without).from;
  return { ours: [], foreign: diffClosely(previous, clean), misplaced: { clean, at, isCertain } };
}

/** Whether nothing has happened but that the edits were made where they were sent to, which is not where they belong any more. */
export function isElsewhere({ previous, next, sent }: Pick<Question, 'previous' | 'next' | 'sent'>): boolean {
  if (!sent || next === previous) return false;
  const edits = placed(previous, sent);
  return edits !== undefined && leadTo(previous, edits, next);
}

function weight({ size, isTouched }: Explanation): number {
  return isTouched ? size * alone : size;
}

/** That is no coincidence: the region reads exactly what our edits make of it, or much of what they bring stands there, and nothing did in the last text. */
function isProof({ previous, next, span }: Question, { ours, isTouched }: Explanation): boolean {
  const region = mapSpan(span, ours, true);
  if (!isTouched && !previous.includes(applyEdits(previous, ours).slice(region.from, region.to))) return true;
  return ours.some(({ insert }) => {
    const brought = insert.trim();
    return brought.length >= much && next.includes(brought) && !previous.includes(brought);
  });
}

function explain(question: Question, ours: readonly Edit[]): Explanation {
  const { previous, next, span, isAnswered } = question;
  const text = applyEdits(previous, ours);
  const edits = diffClosely(text, next);
  const short = sizeOfEdits(edits);
  const least = short === 0 ? 0 : (distanceOf(text, next, short) ?? short);
  const doubt = isAnswered ? doubts.answered : doubts.unanswered;
  const size = least + doubt * sharedUnits(invertEdits(previous, ours), edits);
  const region = mapSpan(span, ours, true);
  const foreign = tellAround({ text, next, edits }, region);
  return { ours, foreign, size, isTouched: foreign.some((edit) => touches(edit, region)) };
}

function distanceOf(a: string, b: string, most: number): number | undefined {
  const { from, toA, toB } = trim(a, b);
  return distance(a.slice(from, toA), b.slice(from, toB), most);
}

/** Whether `next` is `text` with some of `edits`, the first or the last. */
export function isPartOf(text: string, edits: readonly Edit[], next: string): boolean {
  for (const part of partsOf(edits)) if (leadTo(text, part, next)) return true;
  return false;
}

/** Editors apply the edits of one request from the last to the first or the other way round: the states in between, which nobody else had a hand in. */
function* partsOf(edits: readonly Edit[]): Generator<readonly Edit[]> {
  for (let n = edits.length - 1; n > 0; n--) {
    yield edits.slice(0, n);
    yield edits.slice(edits.length - n);
  }
}
