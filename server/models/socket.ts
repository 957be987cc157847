// One WebSocket to a model: from its handshake to its end, serving one answer at a time.

import { WebSocket } from 'ws';
import type { Timer } from '../clock.ts';
import type { Failure } from './failure.ts';
import { type Message, parseMessage } from './message.ts';
import type { EndpointOptions } from './sse-transport.ts';
import type { Listener } from './transport.ts';

/** No honest frame is longer. */
const MAX_FRAME_BYTES = 16 << 20;

export interface SocketOptions extends EndpointOptions {
  /** How long a ping may go unanswered. */
  readonly pongMs: number;
}

export interface SocketEvents {
  opened(socket: ModelSocket): void;
  /** Called once, when the socket can't be used any more and nobody asked for its end. `failure` if it never opened. */
  gone(socket: ModelSocket, failure: Failure | undefined): void;
}

export class ModelSocket {
  /** The headers it was opened with: a socket with an old key is not used again. */
  readonly headers: string;
  openedAt = 0;
  private readonly options: SocketOptions;
  private readonly events: SocketEvents;
  private readonly ws: WebSocket;
  private listener: Listener | undefined;
  private answers = 0;
  private heard = false;
  private ended = false;
  private broken: Error | undefined;
  private refusal: Failure | undefined;
  private pongTimer: Timer | undefined;

  constructor(options: SocketOptions, events: SocketEvents) {
    this.options = options;
    this.events = events;
    const headers = options.headers();
    this.headers = JSON.stringify(headers);
    this.ws = new WebSocket(options.url, { headers, perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES });
    this.ws.on('open', () => this.open());
    this.ws.on('message', (data, isBinary) => this.frame(data.toString(), isBinary));
    this.ws.on('pong', () => this.hear());
    // `ws` swallows errors of an open connection; they tell a reset from a close.
    this.ws.on('upgrade', (response) => response.socket.on('error', (error) => this.breaks(error)));
    this.ws.on('unexpected-response', (request, response) => {
      this.refusal = options.failures.handshake(response.statusCode ?? 0, response.headers);
      request.destroy();
      this.end();
    });
    this.ws.on('error', (error) => this.breaks(error));
    this.ws.on('close', (code) => this.closed(code));
  }

  /** Sends a request and tells `listener` of everything until {@link release} or the end. */
  serve(body: Message, listener: Listener): void {
    const reused = this.answers++ > 0 || this.options.clock.now() > this.openedAt;
    this.listener = listener;
    this.heard = false;
    this.send(body);
    listener.opened(reused);
    this.ping();
  }

  send(message: Message): void {
    this.ws.send(JSON.stringify(message), ignore);
  }

  /** The answer is over; the socket may serve another. */
  release(): void {
    this.listener = undefined;
  }

  /** Asks for a sign of life; without one the socket is gone. */
  ping(): void {
    this.clearPong();
    this.ws.ping(undefined, undefined, ignore);
    this.pongTimer = this.options.clock.setTimer(() => this.silent(), this.options.pongMs);
  }

  /** Closes the connection in this very turn, without telling anybody. */
  terminate(): void {
    this.ended = true;
    this.listener = undefined;
    this.clearPong();
    this.ws.terminate();
  }

  private open(): void {
    this.openedAt = this.options.clock.now();
    this.events.opened(this);
  }

  private hear(): void {
    this.heard = true;
    this.clearPong();
  }

  private clearPong(): void {
    if (this.pongTimer !== undefined) this.options.clock.clearTimer(this.pongTimer);
    this.pongTimer = undefined;
  }

  private frame(text: string, isBinary: boolean): void {
    if (this.ended) return;
    this.hear();
    const message = isBinary ? undefined : parseMessage(text);
    if (!message)
      this.end(this.options.failures.malformed(isBinary ? 'a binary frame' : 'a frame is not a JSON object'));
    else if (this.listener) this.listener.message(message);
    // An error that belongs to no answer is about the connection itself.
    else if (message.type === 'error') this.end();
  }

  private silent(): void {
    this.end({ ...this.options.failures.timeout('no sign of life', this.options.pongMs), remedy: 'reconnect' });
  }

  private breaks(error: Error): void {
    this.broken ??= error;
  }

  private closed(code: number): void {
    this.end(this.failureOf(code));
  }

  private failureOf(code: number): Failure {
    const { failures } = this.options;
    if (this.openedAt === 0) return { ...failures.network(this.broken?.message ?? 'no handshake'), remedy: 'sse' };
    if (code === 1009) return { ...failures.truncated('a message was too big'), remedy: 'sse' };
    const failure = this.broken ? this.failureOfError(this.broken) : failures.truncated(`close ${code}`);
    if (this.heard) return failure;
    return { ...failure, remedy: this.answers > 1 ? 'reconnect' : 'sse' };
  }

  private failureOfError(error: NodeJS.ErrnoException): Failure {
    const { failures } = this.options;
    return error.code?.startsWith('WS_ERR') ? failures.malformed(error.message) : failures.network(error.message);
  }

  private end(failure?: Failure): void {
    if (this.ended) return;
    const listener = this.listener;
    this.terminate();
    this.events.gone(this, this.openedAt === 0 ? (this.refusal ?? failure) : undefined);
    if (failure) listener?.failed(failure);
  }
}

/** A write that fails is followed by a close, which is where it is dealt with. */
function ignore(): void {}
