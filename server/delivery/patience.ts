// What to do about an edit that no text shows: how long it is waited for, when it is sent again, when it fails. The table in README.md as a function.

import type { Reply } from './flight.ts';

/** After a refusal that no didChange explains, the edit is tried once more after this, and again after twice as long. */
const refusedRetryMs = 300;
/**
 * An editor that answers, but whose text shows nothing, is waited for so long: eglot tells of no change, and refuses every edit, for as long as
 * its user types without a pause of half a second.
 */
const patienceMs = 15_000;
/** One that tells of changes at once refuses for another reason than a text that we do not know: Kate takes edits for two seconds after a command. */
const knownTextMs = 2000;
/** Without any answer for this long the edit fails (design §3). */
const silenceMs = 3000;
/** An editor that was slow before may be slower yet: a VS Code that takes 0.5 s while it starts was seen to take 3 s on a loaded machine. */
const slowness = 20;

/** An edit that "was applied" but that a newer text lacks is sent again after this: longer than any debounce of an editor that rebases. */
const missingGraceMs = 400;
/** The same when a text that came behind the answer lacks it: just long enough for a didChange that follows on its heels. */
const missingSettleMs = 15;
/** The same in an editor that answers before it makes an edit (kak-lsp: some 20 ms), or of which that is not known yet. */
const missingLateMs = 100;

/** How long an edit that "was applied" may take to show although a `newer` text, that came before the answer or behind it, lacks it. */
export function graceOf(newer: 'before' | 'behind', answersFirst = true): number {
  if (newer === 'before') return missingGraceMs;
  return answersFirst ? missingLateMs : missingSettleMs;
}

export interface Missing {
  /** Undefined until the editor has answered. */
  readonly reply: Reply | undefined;
  /** A newer text came since it was sent, which lacks it. */
  readonly isNewer: boolean;
  /** Nobody wants it any more. */
  readonly isAbandoned: boolean;
  /** How long an edit that "was applied" may take to show although a newer text lacks it. */
  readonly graceMs: number;
  /** How much of that has passed, or, before the answer, of the time for that: others may go on typing meanwhile. */
  readonly waitedMs: number;
  /** For how long the editor has refused what the region sends, for no reason that we know. */
  readonly refusedForMs: number;
  /** Whether the editor tells of changes when they are made: that no newer text has come means that there is none. */
  readonly tellsAtOnce: boolean;
  /** The longest that any edit of this connection waited for its answer; 0 if none was ever answered. */
  readonly slowestAnswerMs: number;
}

/** After `afterMs` without news: send it again, computed afresh, hold it back until a newer text comes, or fail for the reason `why`. */
export type Step =
  | { readonly afterMs: number; readonly act: 'again' }
  | { readonly afterMs: number; readonly act: 'hold' | 'fail'; readonly why: string };

/** "Again" only where it is certain that the edit is not in the buffer, and not on its way there. */
export function stepFor({
  reply,
  isNewer,
  isAbandoned,
  graceMs,
  waitedMs,
  refusedForMs,
  tellsAtOnce,
  slowestAnswerMs,
}: Missing): Step {
  if (!reply) {
    const mostMs = Math.min(Math.max(silenceMs, slowness * slowestAnswerMs), patienceMs);
    const why = `the editor did not answer an edit for ${Math.round(mostMs / 1000)} seconds`;
    return { afterMs: Math.max(0, mostMs - waitedMs), act: 'fail', why };
  }
  const refused = `the editor refused an edit${reply.failureReason ? `: ${reply.failureReason}` : ''}`;
  if (reply.final) return { afterMs: 0, act: 'fail', why: refused };
  if (reply.applied && isNewer) return { afterMs: Math.max(0, graceMs - waitedMs), act: 'again' };
  if (reply.applied) {
    const why = 'the editor said that it applied an edit, but its text never showed it';
    return { afterMs: patienceMs, act: 'fail', why };
  }
  if (isNewer || isAbandoned) return { afterMs: 0, act: 'again' };
  // Perhaps a didChange is on its way. If none comes for long, the editor does not want it.
  if (refusedForMs >= patienceMs && reply.isError) return { afterMs: 0, act: 'fail', why: refused };
  const mostMs = tellsAtOnce && !reply.failureReason ? knownTextMs : patienceMs;
  if (refusedForMs >= mostMs) return { afterMs: 0, act: 'hold', why: refused };
  return { afterMs: Math.max(refusedRetryMs, refusedForMs), act: 'again' };
}
