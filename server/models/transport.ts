// The contract between the run of one answer and the way that bytes move.

import type { Clock } from '../clock.ts';
import type { Failure, Failures } from './failure.ts';
import type { Message } from './message.ts';

/** What one answer may bring at all, padding and comments included: 32 times the longest text, as deltas of a few letters come in 300 bytes each. */
export const MAX_ANSWER_BYTES = 128 << 20;

/** What every way to one endpoint needs. */
export interface EndpointOptions {
  readonly url: URL;
  /** Read anew for each connection or request, so that a rotated key is used. */
  readonly headers: () => Record<string, string>;
  readonly clock: Clock;
  readonly failures: Failures;
}

/** Told by a transport about one call. Nothing is said after `failed`, `destroy` or `release`. */
export interface Listener {
  /** The request is on its way over an open connection. */
  opened(reused: boolean): void;
  message(message: Message): void;
  /** A sign of life that is not a message: an SSE comment. */
  alive(): void;
  failed(failure: Failure): void;
}

/** One answer under way on a connection of its own. */
export interface Call {
  /** Sends one more message to the peer on the same connection. False where the transport can't. */
  send(message: Message): boolean;
  /** The answer has had its terminal event: the connection may serve another. */
  release(): void;
  /** Closes the connection at once, or gives up the place in the line for one. */
  destroy(): void;
}

/** Connections to one endpoint. */
export interface Transport {
  readonly kind: 'websocket' | 'sse';
  /** `listener` may be called before this returns only with `opened`. */
  call(body: Message, listener: Listener): Call;
  /** Opens a connection ahead, unless one is there. */
  warm(): void;
  /** Gives up connections that are open and free: they may have grown old, or died in their sleep. */
  renew(): void;
  dispose(): void;
}
