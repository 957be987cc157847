// The contract of the model layer: one request, one stream of events, and how it ended.

import type { ProviderError } from '../errors.ts';

/** One request to a model. Nothing of it is ever logged. */
export interface ModelRequest {
  readonly model: string;
  /** The stable part: rules and answer format (the system message). */
  readonly instructions: string;
  /** The conversation; a first edit has one user message. */
  readonly input: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  readonly maxOutputTokens?: number;
}

export interface Usage {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/** `complete` only ever comes from the protocol's own terminal event. */
export type ModelEnd =
  | { readonly kind: 'complete' }
  | {
      /** toolCall: the model called a tool, and none was offered to it. */
      readonly kind: 'length' | 'filtered' | 'aborted' | 'truncated' | 'toolCall';
      readonly message: string;
      /** What the user can do, where that is not what helps with every end of the kind. */
      readonly advice?: string;
    }
  | { readonly kind: 'error'; readonly error: ProviderError };

/** `opened` comes at most once (after an invisible retry it tells of the last connection), `ended` exactly once and last. */
export type ModelEvent =
  | { readonly type: 'opened'; readonly transport: 'websocket' | 'sse'; readonly reused: boolean }
  | { readonly type: 'text'; readonly text: string }
  /** The model thinks; `chars`: UTF-16 units of thinking that have come, 0 where that is not told. What it thinks is kept nowhere. */
  | { readonly type: 'thinking'; readonly chars: number }
  /** A steer was applied: the text so far belongs to a superseded answer, what follows is its successor from the start. */
  | { readonly type: 'steered' }
  /** Once per response; a steered answer has one for each response, so add them up. */
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'ended'; readonly end: ModelEnd };

/**
 * applied: `steered` was sent just before. unsupported: nothing was sent to the model. failed: it was, and the model goes on or ended without it.
 * After anything but `applied`, interrupt and ask again.
 */
export type SteerOutcome = 'applied' | 'unsupported' | 'failed';

/** A running answer. */
export interface ModelStream {
  /** Whether a steer could be sent now: the endpoint takes it and the answer runs. */
  readonly canSteer: boolean;
  /** Redirects the running answer with one more user message. Never rejects; settles no later than `ended`. */
  steer(text: string): Promise<SteerOutcome>;
}

/** A configured endpoint. Owns its sockets; safe to use for several requests at once. */
export interface Provider {
  /**
   * Streams one answer to `onEvent`, synchronously as bytes arrive. Aborting closes the socket at once and calls `onEvent` exactly once more, in the
   * same turn, with `ended: aborted`. Never throws and never rejects: every failure is an `ended`. `onEvent` must not throw.
   */
  stream(request: ModelRequest, signal: AbortSignal, onEvent: (event: ModelEvent) => void): ModelStream;
  /** `text`, which came from the endpoint, without what only the endpoint may read: its key, what is secret in its headers. */
  scrub(text: string): string;
  /** Opens a spare connection so that the next request need not wait for one. Failures are silent. */
  preconnect(): void;
  /** Closes every socket. */
  dispose(): void;
}
