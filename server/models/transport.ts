// The contract between a model run and the transport of its bytes.

import type { Clock } from '../clock.ts';
import type { Failure, ProviderFailures } from './failure.ts';
import type { Message } from './message.ts';

/** Bytes of one answer on the wire, padding and comments included: 32 times the longest text, because a delta of a few letters takes 300 bytes. */
export const maxAnswerBytes = 128 << 20;

/** What each transport to one endpoint needs. */
export interface EndpointOptions {
  readonly url: URL;
  /** Read anew for each connection or request, so that a rotated key is used. */
  readonly headers: () => Record<string, string>;
  readonly clock: Clock;
  readonly failures: ProviderFailures;
}

/** Called by a transport about one call; never after `failed`, `destroy` or `release`. */
export interface CallListener {
  /** The request is on its way over an open connection. */
  opened(reused: boolean): void;
  message(message: Message): void;
  /** A sign of life that is not a message: an SSE comment. */
  alive(): void;
  failed(failure: Failure): void;
}

/** One answer under way on a connection of its own. */
export interface TransportCall {
  /** Sends one more message to the peer on the same connection. False where the transport can't. */
  send(message: Message): boolean;
  /** The answer has had its terminal event: the connection may serve another. */
  release(): void;
  /** Closes the connection at once, or stops waiting for one. */
  destroy(): void;
}

/** Connections to one endpoint. */
export interface Transport {
  readonly kind: 'websocket' | 'sse';
  /** `listener` may be called before this returns only with `opened`. */
  call(body: Message, listener: CallListener): TransportCall;
  /** Opens a connection ahead, unless one is there. */
  preconnect(): void;
  /** Closes the connections that are open and not in use: they may be too old, or dead since the machine slept. */
  closeIdle(): void;
  dispose(): void;
}
