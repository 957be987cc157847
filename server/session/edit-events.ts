// The events of one edit. The protocol turns them into progress and notifications.

import type { DeliveryMode } from '../delivery/pacing.ts';
import type { Landed } from '../delivery/region-listener.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Scope } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { Review } from './review.ts';

/** How an edit can end (DESIGN.md §4.2). */
export type Outcome = 'completed' | 'cancelled' | 'superseded' | 'rejected' | 'failed';

/** pending: nothing of the answer has come yet. settling: the answer is whole or given up, its last edits are under way. */
export type Phase = 'pending' | 'streaming' | 'settling';

/** How an answer reaches the buffer: as it comes, whole at its end, or not before the user accepts it. */
export type Landing = DeliveryMode | 'offer';

export function landingOf({ mode, isOffer }: { readonly mode: DeliveryMode; readonly isOffer?: boolean }): Landing {
  return isOffer ? 'offer' : mode;
}

/** Measured times in ms from the request on, unless said otherwise; absent where it never happened. */
export interface Timing {
  readonly ttftMs?: number;
  /** Until the first hunk was seen in the editor's text. */
  readonly firstHunkMs?: number;
  /** From the first to the last text of the answer. */
  readonly streamMs?: number;
  readonly totalMs: number;
  readonly tokensPerSecond?: number;
  readonly hunks: number;
  /** Median from sending an edit to seeing it in the editor's text. */
  readonly applyRoundTripMs?: number;
  /** Edits that got lost on the way to the editor and were computed and sent again. */
  readonly rebases: number;
  /** How often an edit that the editor had put in the wrong place was put right; absent where none was. */
  readonly repairs?: number;
}

export interface Begin {
  readonly editId: string;
  readonly snapshot: Snapshot;
  /** The scope, in offsets of `snapshot`. */
  readonly span: Span;
  readonly scope: Pick<Scope, 'kind' | 'isParsed'>;
  readonly title: string;
  readonly instruction: string;
  readonly lane: string;
  readonly model: string;
  readonly landing: Landing;
}

export interface ProgressReport {
  readonly editId: string;
  readonly phase: Phase;
  /** The model thinks, and what it says of the answer does not grow meanwhile. */
  readonly isThinking: boolean;
  /** UTF-16 units of the answer so far. */
  readonly chars: number;
  /** Edits seen in the editor's text so far. */
  readonly hunks: number;
  readonly elapsedMs: number;
  /** UTF-16 units of the answer that wait for what follows: where they belong is not certain yet, or they do not parse without it. */
  readonly held: number;
  /** Edits are on their way to the editor, or wait to be sent. */
  readonly hasUnseenEdits: boolean;
  /** For how long the editor has had an edit that no text of its shows, ms. */
  readonly unseenMs: number;
  readonly landing: Landing;
}

export interface End {
  readonly editId: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly timing: Timing;
  readonly state: Review;
  /** Import lines that the model proposes; nothing of them is in the buffer. */
  readonly imports: readonly string[];
  /** What had to be put right of the answer, as nouns for people: `a <think> block`. */
  readonly putRight: readonly string[];
}

/** A fault that came to light after the end of an edit was reported, or certain. */
export interface Trouble {
  readonly editId: string;
  readonly uri: string;
  readonly reason: string;
}

/** Called synchronously and in this order: begin, any number of hunk and report, end. Nothing but trouble follows end. */
export interface EditListener {
  begin(event: Begin): void;
  hunk(editId: string, landed: Landed): void;
  report(event: ProgressReport): void;
  end(event: End): void;
  trouble?(event: Trouble): void;
}
