// Which way a request goes: WebSocket while it works, SSE while it does not, and back again.

import type { Clock } from '../clock.ts';
import type { Transport } from './transport.ts';
import type { WebSocketTransport } from './websocket-transport.ts';

/** After the first failure; doubles with each further one (`models.md` §5). */
const COOL_DOWN_MS = 30_000;
const MAX_COOL_DOWN_MS = 16 * 60_000;

export class Route {
  private readonly clock: Clock;
  private readonly sse: Transport;
  private readonly sockets: WebSocketTransport | undefined;
  /** 0 while the WebSocket is trusted. */
  private coolDownMs = 0;
  private coolUntil = 0;

  constructor(clock: Clock, sse: Transport, sockets: WebSocketTransport | undefined) {
    this.clock = clock;
    this.sse = sse;
    this.sockets = sockets;
  }

  /** A WebSocket that failed gets its next chance when one has opened in the background: nobody waits for it. */
  pick(): Transport {
    const { sockets } = this;
    if (!sockets) return this.sse;
    if (this.coolDownMs === 0) return sockets;
    if (this.clock.now() < this.coolUntil) return this.sse;
    if (sockets.ready) return sockets;
    sockets.warm();
    return this.sse;
  }

  /** The way that is left after a failure of `from`, if there is one. `blame` keeps to it for a while. */
  fallBack(from: Transport | undefined, blame: boolean): Transport | undefined {
    if (from === this.sse || from === undefined) return undefined;
    if (!blame) return this.sse;
    this.coolDownMs = Math.min(MAX_COOL_DOWN_MS, this.coolDownMs === 0 ? COOL_DOWN_MS : this.coolDownMs * 2);
    this.coolUntil = this.clock.now() + this.coolDownMs;
    return this.sse;
  }

  succeeded(by: Transport): void {
    if (by === this.sockets) this.coolDownMs = 0;
  }

  /** A WebSocket is slow to open: SSE gets ready to take over. */
  prepareFallBack(): void {
    this.sse.warm();
  }

  renew(): void {
    this.sockets?.renew();
    this.sse.renew();
  }

  warm(): void {
    this.pick().warm();
  }

  dispose(): void {
    this.sockets?.dispose();
    this.sse.dispose();
  }
}
