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
  | { readonly kind: 'length' | 'filtered' | 'aborted' | 'truncated'; readonly message: string }
  | { readonly kind: 'error'; readonly error: ProviderError };

/** `opened` comes at most once (after an invisible retry it tells of the last connection), `ended` exactly once and last. */
export type ModelEvent =
  | { readonly type: 'opened'; readonly transport: 'websocket' | 'sse'; readonly reused: boolean }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'ended'; readonly end: ModelEnd };

/** A configured endpoint. Owns its sockets; safe to use for several requests at once. */
export interface Provider {
  /**
   * Streams one answer to `onEvent`, synchronously as bytes arrive. Aborting closes the socket at once and calls `onEvent` exactly once more, in the
   * same turn, with `ended: aborted`. Never throws and never rejects: every failure is an `ended`.
   */
  stream(request: ModelRequest, signal: AbortSignal, onEvent: (event: ModelEvent) => void): void;
  /** Opens a spare connection so that the next request need not wait for one. Failures are silent. */
  warm(): void;
  /** Closes every socket. */
  dispose(): void;
}
