// How an edit is about to end, and in what words.

import type { Interruption, TakeBack } from '../delivery/region.ts';
import type { ProviderErrorKind } from '../errors.ts';
import type { ModelEnd } from '../models/model.ts';
import type { Outcome } from './edit-events.ts';

/** The end that an edit is on its way to. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason?: string;
  /** What is taken back before the end of what has landed. */
  readonly takeBack?: TakeBack;
}

/** The answer can't stand: what has landed of it is taken back. */
export function rejected(reason: string): Ending {
  return { outcome: 'rejected', reason, takeBack: 'own' };
}

/** The answer is whole, and the editor does not take all of it by itself. */
export const refusedRest: Ending = { outcome: 'completed', reason: 'the editor takes no more of it by itself' };

/** How a model, or the way to it, gave up. A string says why nothing was asked at all. */
export type GaveUp = Exclude<ModelEnd, { kind: 'complete' }> | string;

/** What has landed stays, it is sound. `roomier`: a lane to name, whose model may have room for what this one had none for. */
export function failed(end: GaveUp, roomier?: string): Ending {
  const elsewhere = roomier === undefined ? '' : `, or retry it in the lane "${roomier}"`;
  return { outcome: 'failed', reason: `${sayFailure(end)}${elsewhere}` };
}

/** The answer was cut at the model's limit, or the request was over it. */
export function hadNoRoom(end: GaveUp): boolean {
  if (typeof end === 'string') return false;
  return end.kind === 'length' || (end.kind === 'error' && end.error.kind === 'tooLarge');
}

/** What is wrong, and what to do. */
export function sayFailure(end: GaveUp): string {
  if (typeof end === 'string') return end;
  const message = end.kind === 'error' ? end.error.message : end.message;
  const todo = end.kind === 'error' ? advice[end.error.kind] : adviceAtEnd[end.kind];
  return todo === undefined ? message : `${message}; ${todo}`;
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

const adviceAtEnd: Readonly<Partial<Record<ModelEnd['kind'], string>>> = {
  length: 'select less, or raise maxOutputTokens',
  filtered: 'say it in other words',
  truncated: 'retry',
};

/** What the user is told of somebody else's change in the region. */
export const interruptions: Record<Interruption, string> = {
  typing: 'you typed in the region that was being edited',
  undo: 'you undid a part of the edit',
  deleted: 'the scope was deleted',
  takenBack: 'an earlier edit of the same code was taken back',
  closed: 'the document was closed',
};
