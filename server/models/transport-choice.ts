// Chooses the transport of each request: WebSocket while it works, SSE while it does not.

import type { Clock } from '../clock.ts';
import type { Transport } from './transport.ts';
import type { WebSocketTransport } from './websocket-transport.ts';

/** After the first failure; doubles with each further one (models/PROTOCOLS.md §5). */
const coolDownMs = 30_000;
const maxCoolDownMs = 16 * 60_000;

export class TransportChoice {
  readonly #clock: Clock;
  readonly #sse: Transport;
  readonly #sockets: WebSocketTransport | undefined;
  /** 0 while the WebSocket works. */
  #coolDownMs = 0;
  #coolUntil = 0;

  constructor(clock: Clock, sse: Transport, sockets: WebSocketTransport | undefined) {
    this.#clock = clock;
    this.#sse = sse;
    this.#sockets = sockets;
  }

  /** After a failure the WebSocket is used again once one has opened in the background; no request waits for that. */
  pick(): Transport {
    const sockets = this.#sockets;
    if (!sockets) return this.#sse;
    if (this.#coolDownMs === 0) return sockets;
    if (this.#clock.now() < this.#coolUntil) return this.#sse;
    if (sockets.ready) return sockets;
    sockets.preconnect();
    return this.#sse;
  }

  /** The transport to use after `from` failed, if one is left. `blame`: `from` is not tried again for a while. */
  fallBack(from: Transport | undefined, blame: boolean): Transport | undefined {
    if (from === this.#sse || from === undefined) return undefined;
    if (!blame) return this.#sse;
    this.#coolDownMs = Math.min(maxCoolDownMs, this.#coolDownMs === 0 ? coolDownMs : this.#coolDownMs * 2);
    this.#coolUntil = this.#clock.now() + this.#coolDownMs;
    return this.#sse;
  }

  succeeded(by: Transport): void {
    if (by === this.#sockets) this.#coolDownMs = 0;
  }

  /** Connects SSE, because a WebSocket is slow to open. */
  prepareFallBack(): void {
    this.#sse.preconnect();
  }

  closeIdle(): void {
    this.#sockets?.closeIdle();
    this.#sse.closeIdle();
  }

  preconnect(): void {
    this.pick().preconnect();
  }

  dispose(): void {
    this.#sockets?.dispose();
    this.#sse.dispose();
  }
}
