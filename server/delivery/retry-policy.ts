// What to do about an applyEdit that no text shows: how long to wait, when to send it again, when to hold it back, when to fail. The table in README.md as code.
// Pure but for the delays that it remembers; owns no timer.

import type { Reply } from './port.ts';

/** After a refusal that no newer text explains, the edit is sent again after this, and then after twice as long each time. */
const refusedRetryMs = 300;
/**
 * How long an edit may stay unseen after an answer: eglot reports no change, and refuses every edit, for as long as its user types without a pause of half
 * a second.
 */
const unseenTimeoutMs = 15_000;
/** The same where an editor that reports changes at once refuses: our text is the latest then. Kate only takes edits for two seconds after a command. */
const knownTextMs = 2000;
/** Without any answer for this long the edit fails (DESIGN.md §3). */
const silenceMs = 3000;
/** An answer may take so many times as long as the slowest one so far: a VS Code that takes 0.5 s while it starts was seen to take 3 s on a loaded machine. */
const slowestFactor = 20;

/** An edit that "was applied" but that a newer text lacks is sent again after this. Longer than any debounce of an editor that rebases edits. */
const rebasingDelayMs = 400;
/** The same when the text came behind the answer: just long enough for a didChange that follows at once. */
const didChangeDelayMs = 15;
/** The same in an editor that answers before it applies an edit (kak-lsp: some 20 ms before), or of which that is not known yet. */
const applyingDelayMs = 100;

/** Whether the newest text, which lacks the edit, came before the editor's answer or behind it. */
export type LackingText = 'before' | 'behind';

/** How long an edit that "was applied" may take to show although a newer text lacks it. */
export function resendDelayFor(lacking: LackingText, answersFirst = true): number {
  if (lacking === 'before') return rebasingDelayMs;
  return answersFirst ? applyingDelayMs : didChangeDelayMs;
}

export interface UnseenApply {
  /** Undefined until the editor has answered. */
  readonly reply: Reply | undefined;
  /** A newer text than the one that it was made for lacks it. */
  readonly isOutdated: boolean;
  /** It is not wanted any more. */
  readonly isAbandoned: boolean;
  /** How long an edit that "was applied" may take to show although a newer text lacks it. */
  readonly resendDelayMs: number;
  /** How much of that delay has passed; before the answer, of the time for one. Texts that come meanwhile don't start it anew. */
  readonly waitedMs: number;
  /** For how long the editor has refused edits that were made for its latest text. */
  readonly refusedForMs: number;
  /** Whether the editor reports changes when they are made: no newer text has come, so there is none. */
  readonly reportsAtOnce: boolean;
  /** The longest that any edit of this connection waited for its answer; 0 if none was ever answered. */
  readonly slowestAnswerMs: number;
}

/** What to do if nothing is heard of the edit for `afterMs`: send it again, computed afresh, hold it back until a newer text comes, or fail because of `why`. */
export type RetryDecision =
  | { readonly afterMs: number; readonly act: 'again' }
  | { readonly afterMs: number; readonly act: 'hold' | 'fail'; readonly why: string };

/** Decides `again` only where a refusal or a newer text says that the edit is not in the buffer. */
export function decideRetry({
  reply,
  isOutdated,
  isAbandoned,
  resendDelayMs,
  waitedMs,
  refusedForMs,
  reportsAtOnce,
  slowestAnswerMs,
}: UnseenApply): RetryDecision {
  if (!reply) {
    const mostMs = Math.min(Math.max(silenceMs, slowestFactor * slowestAnswerMs), unseenTimeoutMs);
    const why = `the editor did not answer an edit for ${Math.round(mostMs / 1000)} seconds`;
    return { afterMs: Math.max(0, mostMs - waitedMs), act: 'fail', why };
  }
  const refused = `the editor refused an edit${reply.failureReason ? `: ${reply.failureReason}` : ''}`;
  if (reply.final) return { afterMs: 0, act: 'fail', why: refused };
  if (reply.applied && isOutdated) return { afterMs: Math.max(0, resendDelayMs - waitedMs), act: 'again' };
  if (reply.applied) {
    const why = 'the editor said that it applied an edit, but its text never showed it';
    return { afterMs: unseenTimeoutMs, act: 'fail', why };
  }
  if (isOutdated || isAbandoned) return { afterMs: 0, act: 'again' };
  // Perhaps a didChange is on its way. If none comes for long, the editor does not want the edit.
  if (refusedForMs >= unseenTimeoutMs && reply.isError) return { afterMs: 0, act: 'fail', why: refused };
  const mostMs = reportsAtOnce && !reply.failureReason ? knownTextMs : unseenTimeoutMs;
  if (refusedForMs >= mostMs) return { afterMs: 0, act: 'hold', why: refused };
  return { afterMs: Math.max(refusedRetryMs, refusedForMs), act: 'again' };
}

/** An editor that takes longer debounces its didChange (delivery/EDITORS.md §1: by 150 ms and more). */
const atOnceMs = 100;
/** The same for an editor that may debounce, and flushes when a command is sent (Sublime Text). */
const flushedMs = 5;

/** How long after its answers an editor's didChange comes. If always at once, the editor does not debounce: it never refuses for a text that we don't know. */
export class DidChangeDelays {
  #count = 0;
  #slowestMs = 0;

  /** A text has shown an edit `afterMs` after the answer; negative: before it. */
  record(afterMs: number): void {
    this.#count++;
    this.#slowestMs = Math.max(this.#slowestMs, afterMs);
  }

  /** `mayBeKate`: see EditorPort. */
  areShort(mayBeKate = false): boolean {
    return mayBeKate ? this.#slowestMs <= atOnceMs : this.#count > 1 && this.#slowestMs <= flushedMs;
  }
}
