// How an edit is about to end, and in what words.

import type { Interruption, RevertScope } from '../delivery/region-listener.ts';
import type { ProviderErrorKind } from '../errors.ts';
import type { LeftOut } from '../guardrails/left-out.ts';
import { leftOutIn, type Refusal } from '../guardrails/verdict.ts';
import type { ModelEnd } from '../models/model.ts';
import type { Outcome } from './edit-events.ts';
import type { Rest } from './offer.ts';

/** The end that an edit is on its way to. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason?: string;
  /** How much of what has landed is reverted before the end is reported. */
  readonly revert?: RevertScope;
  /** What the editor refused to take of a whole answer. */
  readonly rest?: Rest;
  /** The model has no room for so much. */
  readonly isTooLarge?: boolean;
  /** The answer leaves code out: a retry asks for it in full. */
  readonly leftOut?: LeftOut | undefined;
}

/** The answer is not acceptable: what has landed of it is reverted. */
export function rejected(reason: string): Ending {
  return { outcome: 'rejected', reason, revert: 'own', leftOut: leftOutIn(reason) };
}

/** The same by a guardrail. */
export function refusedBy({ reason, leftOut }: Refusal): Ending {
  return { ...rejected(reason), leftOut };
}

/** The answer is whole, and the editor refuses to take `rest` of it without the user's word. */
export function partlyRefused(rest: Rest): Ending {
  return { outcome: 'completed', reason: 'the editor does not apply the rest by itself', rest };
}

/** How one lane's try at an edit ended. notOpened: its model could not be opened. refused: nothing may be asked at all, by any model. */
export type AttemptEnd = ModelEnd | { readonly kind: 'notOpened' | 'refused'; readonly message: string };

/** How a model, or the way to it, gave up. */
export type GaveUp = Exclude<AttemptEnd, { kind: 'complete' | 'refused' }>;

/** What has landed stays: it is sound. `roomier`: a lane whose model may have room for what this one has no room for. */
export function failed(end: GaveUp, roomier: string | undefined): Ending {
  const isTooLarge = hadNoRoom(end);
  const elsewhere = isTooLarge && roomier !== undefined ? `, or retry it in the lane "${roomier}"` : '';
  return { outcome: 'failed', reason: `${sayFailure(end)}${elsewhere}`, isTooLarge };
}

/** The answer was cut at the model's limit, or the request was over it. */
function hadNoRoom(end: GaveUp): boolean {
  return end.kind === 'length' || (end.kind === 'error' && end.error.kind === 'tooLarge');
}

/** What is wrong, and what to do. */
export function sayFailure(end: GaveUp): string {
  const message = end.kind === 'error' ? end.error.message : end.message;
  const todo = todoAfter(end);
  return todo === undefined ? message : `${message}; ${todo}`;
}

/** To retry is only named where the same request may succeed. */
function todoAfter(end: GaveUp): string | undefined {
  if (end.kind === 'error') {
    const { kind, retryable } = end.error;
    return kind === 'rateLimit' && !retryable ? "check the account's plan and credit" : advice[kind];
  }
  return ('advice' in end ? end.advice : undefined) ?? adviceAtEnd[end.kind];
}

const advice: Readonly<Record<ProviderErrorKind, string>> = {
  auth: 'check its key (apiKeyEnv)',
  rateLimit: 'wait a moment and retry',
  timeout: 'retry, or raise its timers',
  network: 'check that it runs, and its baseUrl',
  malformed: 'check its baseUrl',
  tooLarge: 'select less',
  server: 'retry',
  request: "check the lane's model",
};

const adviceAtEnd: Readonly<Partial<Record<AttemptEnd['kind'], string>>> = {
  length: 'select less, or raise maxOutputTokens',
  filtered: 'rephrase the instruction',
  truncated: 'retry',
  toolCall: 'rephrase the instruction, or name another model for the lane',
};

/** Why an edit was interrupted, in words for the user. */
export const interruptions: Record<Interruption, string> = {
  typing: 'you typed in the region that was being edited',
  undo: 'you undid a part of the edit',
  deleted: 'the scope was deleted',
  reverted: 'an earlier edit of the same code was reverted',
  closed: 'the document was closed',
};
