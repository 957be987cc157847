// The sockets of one endpoint: each carries one answer at a time, one is kept spare, and they are replaced before they grow old.

import type { Timer } from '../clock.ts';
import type { Failure } from './failure.ts';
import type { Message } from './message.ts';
import { ModelSocket, type SocketOptions } from './socket.ts';
import type { CallListener, Transport, TransportCall } from './transport.ts';

/** A service closes a connection after 60 minutes, in the middle of an answer if need be (models/PROTOCOLS.md §1). */
const rotateAfterMs = 55 * 60_000;
/** Below the usual idle timeouts of load balancers (60 s and more). */
const pingEveryMs = 25_000;
/** The one used last, whose prompt cache is warm, and a spare. */
const maxIdle = 2;
const maxSockets = 16;
const maxRespawnMs = 60_000;

export class WebSocketTransport implements Transport {
  readonly kind = 'websocket';
  readonly #options: SocketOptions;
  readonly #connecting = new Set<ModelSocket>();
  /** Open and free; the last is the one used last. */
  readonly #idle: ModelSocket[] = [];
  readonly #busy = new Set<ModelSocket>();
  readonly #waiting: SocketCall[] = [];
  /** What new sockets are warmed up with: the stable part of the last request. */
  #warmUpMessage: Message | undefined;
  #heartbeat: Timer | undefined;
  #respawnTimer: Timer | undefined;
  #respawnMs = 0;
  #disposed = false;

  constructor(options: SocketOptions) {
    this.#options = options;
  }

  /** Whether a request would find an open connection. */
  get ready(): boolean {
    this.#dropStale();
    return this.#idle.length > 0;
  }

  call(body: Message, listener: CallListener): TransportCall {
    const call = new SocketCall(this, body, listener);
    this.#dropStale();
    const socket = this.#idle.pop();
    if (socket) this.#assign(socket, call, true);
    else this.#waiting.push(call);
    this.#fill();
    return call;
  }

  /** Sockets that open from now on send `message` as their warm-up. */
  warmUpWith(message: Message): void {
    this.#warmUpMessage = message;
  }

  preconnect(): void {
    this.#dropStale();
    this.#fill();
  }

  closeIdle(): void {
    for (const socket of this.#idle.splice(0)) socket.terminate();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stopTimers();
    for (const socket of [...this.#connecting, ...this.#idle, ...this.#busy]) socket.terminate();
    this.#connecting.clear();
    this.#busy.clear();
    this.#idle.length = 0;
  }

  /** After an answer ended as it should. */
  free(socket: ModelSocket): void {
    this.#busy.delete(socket);
    this.#respawnMs = 0;
    this.#settle(socket);
  }

  /** After an answer was aborted: the socket closes at once, and a spare takes over. */
  drop(socket: ModelSocket): void {
    this.#busy.delete(socket);
    socket.terminate();
    this.#fill();
  }

  leave(call: SocketCall): void {
    const at = this.#waiting.indexOf(call);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  /** Opens what the waiting calls need, and a spare once they have theirs, so that a broken endpoint is not tried twice at once. */
  #fill(): void {
    if (this.#disposed) return;
    const wanted = this.#waiting.length || (this.#idle.length > 0 ? 0 : 1);
    while (this.#connecting.size < wanted && this.#connecting.size + this.#busy.size + this.#idle.length < maxSockets) {
      this.#connecting.add(
        new ModelSocket(this.#options, {
          opened: (socket) => this.#opened(socket),
          gone: (socket, failure) => this.#gone(socket, failure),
        }),
      );
    }
  }

  #opened(socket: ModelSocket): void {
    this.#connecting.delete(socket);
    if (this.#isStale(socket)) {
      socket.terminate();
      return this.#fill();
    }
    if (this.#warmUpMessage && this.#waiting.length === 0) socket.warmUp(this.#warmUpMessage);
    this.#settle(socket);
    this.#fill();
  }

  #settle(socket: ModelSocket): void {
    const next = this.#waiting.shift();
    if (next) return this.#assign(socket, next, false);
    this.#idle.push(socket);
    if (this.#idle.length > maxIdle) this.#idle.shift()?.terminate();
    this.#beat();
  }

  #assign(socket: ModelSocket, call: SocketCall, reused: boolean): void {
    this.#busy.add(socket);
    call.start(socket, reused);
  }

  #gone(socket: ModelSocket, failure: Failure | undefined): void {
    const wasOpen = !this.#connecting.delete(socket);
    this.#busy.delete(socket);
    const at = this.#idle.indexOf(socket);
    if (at >= 0) this.#idle.splice(at, 1);
    if (wasOpen) this.#respawn();
    else if (failure && this.#waiting.length > this.#connecting.size) this.#waiting.shift()?.refuse(failure);
  }

  /** Replaces a lost socket: the first at once, then after growing delays, until an answer succeeds. */
  #respawn(): void {
    if (this.#disposed || this.#respawnTimer !== undefined) return;
    this.#respawnTimer = this.#options.clock.setTimer(() => {
      this.#respawnTimer = undefined;
      this.#fill();
    }, this.#respawnMs);
    this.#respawnMs = Math.min(maxRespawnMs, Math.max(1000, this.#respawnMs * 2));
  }

  /** Closes idle sockets that are too old, or were opened with a key that has changed since. */
  #dropStale(): void {
    for (const socket of this.#idle.filter((idle) => this.#isStale(idle))) {
      this.#idle.splice(this.#idle.indexOf(socket), 1);
      socket.terminate();
    }
  }

  #isStale(socket: ModelSocket): boolean {
    const { clock, headers } = this.#options;
    return clock.now() - socket.openedAt >= rotateAfterMs || socket.headers !== JSON.stringify(headers());
  }

  #beat(): void {
    if (this.#heartbeat !== undefined) return;
    this.#heartbeat = this.#options.clock.setTimer(() => {
      this.#heartbeat = undefined;
      const idleBefore = this.#idle.length;
      this.#dropStale();
      for (const socket of this.#idle) socket.ping();
      if (idleBefore > 0) this.#fill();
      if (this.#idle.length > 0) this.#beat();
    }, pingEveryMs);
  }

  #stopTimers(): void {
    if (this.#heartbeat !== undefined) this.#options.clock.clearTimer(this.#heartbeat);
    if (this.#respawnTimer !== undefined) this.#options.clock.clearTimer(this.#respawnTimer);
  }
}

class SocketCall implements TransportCall {
  readonly #pool: WebSocketTransport;
  readonly #body: Message;
  readonly #listener: CallListener;
  #socket: ModelSocket | undefined;

  constructor(pool: WebSocketTransport, body: Message, listener: CallListener) {
    this.#pool = pool;
    this.#body = body;
    this.#listener = listener;
  }

  start(socket: ModelSocket, reused: boolean): void {
    this.#socket = socket;
    socket.serve(this.#body, this.#listener, reused);
  }

  refuse(failure: Failure): void {
    this.#listener.failed(failure);
  }

  send(message: Message): boolean {
    this.#socket?.send(message);
    return this.#socket !== undefined;
  }

  release(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.release();
    this.#pool.free(socket);
  }

  destroy(): void {
    this.#pool.leave(this);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) this.#pool.drop(socket);
  }
}
