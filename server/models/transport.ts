// The contract between the run of one answer and the way that bytes move.

import type { Failure } from './failure.ts';
import type { Message } from './message.ts';

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
  /** Sends one more message to the peer. False where the transport can't. */
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
  warm(): void;
  dispose(): void;
}
