// The sockets of one endpoint: each carries one answer at a time, one is kept spare, and they are replaced before they grow old.

import type { Timer } from '../clock.ts';
import type { Failure } from './failure.ts';
import type { Message } from './message.ts';
import { ModelSocket, type SocketOptions } from './socket.ts';
import type { Call, Listener, Transport } from './transport.ts';

/** A service closes a connection after 60 minutes, in the middle of an answer if need be (`models.md` §1). */
const ROTATE_AFTER_MS = 55 * 60_000;
/** Below the usual idle timeouts of load balancers (60 s and more). */
const PING_EVERY_MS = 25_000;
/** The one used last, whose prompt cache is warm, and a spare. */
const MAX_IDLE = 2;
const MAX_SOCKETS = 16;
const MAX_RESPAWN_MS = 60_000;

export class WebSocketTransport implements Transport {
  readonly kind = 'websocket';
  private readonly options: SocketOptions;
  private readonly connecting = new Set<ModelSocket>();
  /** Open and free; the last is the one used last. */
  private readonly idle: ModelSocket[] = [];
  private readonly busy = new Set<ModelSocket>();
  private readonly waiting: SocketCall[] = [];
  /** What new sockets are warmed up with: the stable part of the last request. */
  private warmUpMessage: Message | undefined;
  private heartbeat: Timer | undefined;
  private respawnTimer: Timer | undefined;
  private respawnMs = 0;
  private disposed = false;

  constructor(options: SocketOptions) {
    this.options = options;
  }

  /** Whether a request would find an open connection. */
  get ready(): boolean {
    this.dropStale();
    return this.idle.length > 0;
  }

  call(body: Message, listener: Listener): Call {
    const call = new SocketCall(this, body, listener);
    this.dropStale();
    const socket = this.idle.pop();
    if (socket) this.assign(socket, call, true);
    else this.waiting.push(call);
    this.fill();
    return call;
  }

  /** Sockets that open from now on have `message` read ahead. */
  warmUpWith(message: Message): void {
    this.warmUpMessage = message;
  }

  warm(): void {
    this.dropStale();
    this.fill();
  }

  renew(): void {
    for (const socket of this.idle.splice(0)) socket.terminate();
  }

  dispose(): void {
    this.disposed = true;
    this.stopTimers();
    for (const socket of [...this.connecting, ...this.idle, ...this.busy]) socket.terminate();
    this.connecting.clear();
    this.busy.clear();
    this.idle.length = 0;
  }

  /** After an answer ended as it should. */
  free(socket: ModelSocket): void {
    this.busy.delete(socket);
    this.respawnMs = 0;
    this.settle(socket);
  }

  /** After an answer was called off: the socket closes at once, a spare takes over. */
  drop(socket: ModelSocket): void {
    this.busy.delete(socket);
    socket.terminate();
    this.fill();
  }

  leave(call: SocketCall): void {
    const at = this.waiting.indexOf(call);
    if (at >= 0) this.waiting.splice(at, 1);
  }

  /** Opens what the waiting calls need; a spare once those have theirs, so that a broken endpoint is not knocked at twice. */
  private fill(): void {
    if (this.disposed) return;
    const wanted = this.waiting.length || (this.idle.length > 0 ? 0 : 1);
    while (this.connecting.size < wanted && this.connecting.size + this.busy.size + this.idle.length < MAX_SOCKETS) {
      this.connecting.add(
        new ModelSocket(this.options, {
          opened: (socket) => this.opened(socket),
          gone: (socket, failure) => this.gone(socket, failure),
        }),
      );
    }
  }

  private opened(socket: ModelSocket): void {
    this.connecting.delete(socket);
    if (this.isStale(socket)) {
      socket.terminate();
      return this.fill();
    }
    if (this.warmUpMessage && this.waiting.length === 0) socket.warmUp(this.warmUpMessage);
    this.settle(socket);
    this.fill();
  }

  private settle(socket: ModelSocket): void {
    const next = this.waiting.shift();
    if (next) return this.assign(socket, next, false);
    this.idle.push(socket);
    if (this.idle.length > MAX_IDLE) this.idle.shift()?.terminate();
    this.beat();
  }

  private assign(socket: ModelSocket, call: SocketCall, reused: boolean): void {
    this.busy.add(socket);
    call.start(socket, reused);
  }

  private gone(socket: ModelSocket, failure: Failure | undefined): void {
    const wasOpen = !this.connecting.delete(socket);
    this.busy.delete(socket);
    const at = this.idle.indexOf(socket);
    if (at >= 0) this.idle.splice(at, 1);
    if (wasOpen) this.respawn();
    else if (failure && this.waiting.length > this.connecting.size) this.waiting.shift()?.refuse(failure);
  }

  /** Replaces a lost socket: the first at once, then ever later, until an answer shows that all is well. */
  private respawn(): void {
    if (this.disposed || this.respawnTimer !== undefined) return;
    this.respawnTimer = this.options.clock.setTimer(() => {
      this.respawnTimer = undefined;
      this.fill();
    }, this.respawnMs);
    this.respawnMs = Math.min(MAX_RESPAWN_MS, Math.max(1000, this.respawnMs * 2));
  }

  /** Forgets idle sockets that are too old or were opened with a key that has changed since. */
  private dropStale(): void {
    for (const socket of this.idle.filter((idle) => this.isStale(idle))) {
      this.idle.splice(this.idle.indexOf(socket), 1);
      socket.terminate();
    }
  }

  private isStale(socket: ModelSocket): boolean {
    const { clock, headers } = this.options;
    return clock.now() - socket.openedAt >= ROTATE_AFTER_MS || socket.headers !== JSON.stringify(headers());
  }

  private beat(): void {
    if (this.heartbeat !== undefined) return;
    this.heartbeat = this.options.clock.setTimer(() => {
      this.heartbeat = undefined;
      const idleBefore = this.idle.length;
      this.dropStale();
      for (const socket of this.idle) socket.ping();
      if (idleBefore > 0) this.fill();
      if (this.idle.length > 0) this.beat();
    }, PING_EVERY_MS);
  }

  private stopTimers(): void {
    if (this.heartbeat !== undefined) this.options.clock.clearTimer(this.heartbeat);
    if (this.respawnTimer !== undefined) this.options.clock.clearTimer(this.respawnTimer);
  }
}

class SocketCall implements Call {
  private readonly pool: WebSocketTransport;
  private readonly body: Message;
  private readonly listener: Listener;
  private socket: ModelSocket | undefined;

  constructor(pool: WebSocketTransport, body: Message, listener: Listener) {
    this.pool = pool;
    this.body = body;
    this.listener = listener;
  }

  start(socket: ModelSocket, reused: boolean): void {
    this.socket = socket;
    socket.serve(this.body, this.listener, reused);
  }

  refuse(failure: Failure): void {
    this.listener.failed(failure);
  }

  send(message: Message): boolean {
    this.socket?.send(message);
    return this.socket !== undefined;
  }

  release(): void {
    const socket = this.socket;
    this.socket = undefined;
    if (!socket) return;
    socket.release();
    this.pool.free(socket);
  }

  destroy(): void {
    this.pool.leave(this);
    const socket = this.socket;
    this.socket = undefined;
    if (socket) this.pool.drop(socket);
  }
}
