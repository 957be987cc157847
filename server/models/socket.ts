// One WebSocket to a model: from its handshake to its end, serving one answer at a time.

import { WebSocket } from 'ws';
import { Deadline } from './deadline.ts';
import type { Failure } from './failure.ts';
import { asObject, asWord, type Message, parseMessage } from './message.ts';
import { type EndpointOptions, type Listener, MAX_ANSWER_BYTES } from './transport.ts';

/** No honest frame is longer: the longest holds one whole answer. */
const MAX_FRAME_BYTES = 2 << 20;
/** A handshake that nobody waits for any more may still make a spare; not for ever. */
const HANDSHAKE_MS = 15_000;

export interface SocketOptions extends EndpointOptions {
  /** How long a ping may go unanswered, at a peer that has answered one before. */
  readonly pongMs: number;
  /** What has been learnt of the peer; shared by its sockets. */
  readonly peer: { answersPings: boolean };
}

export interface SocketEvents {
  opened(socket: ModelSocket): void;
  /** Called once, when the socket can't be used any more and nobody asked for its end. `failure` if it never opened. */
  gone(socket: ModelSocket, failure: Failure | undefined): void;
}

export class ModelSocket {
  /** What it was opened with: a socket with an old key is not used again. */
  readonly headers: string;
  /** By the clock; 0 until it is open. */
  openedAt = 0;
  private readonly options: SocketOptions;
  private readonly events: SocketEvents;
  private readonly ws: WebSocket;
  private listener: Listener | undefined;
  private reused = false;
  /** A message has come since the last request. */
  private heard = false;
  /** Bytes that have come since the last request. */
  private received = 0;
  private ended = false;
  private broken: Error | undefined;
  private refusal: Failure | undefined;
  private readonly pongDeadline: Deadline;
  private warming: string | undefined;
  private warmed: { readonly about: string; readonly responseId: string } | undefined;

  constructor(options: SocketOptions, events: SocketEvents) {
    this.options = options;
    this.events = events;
    this.pongDeadline = new Deadline(options.clock);
    const headers = options.headers();
    this.headers = JSON.stringify(headers);
    const limits = { perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES, handshakeTimeout: HANDSHAKE_MS };
    this.ws = new WebSocket(options.url, { headers, ...limits });
    this.ws.on('open', () => this.open());
    this.ws.on('message', (data, isBinary) => this.frame(data.toString(), isBinary));
    this.ws.on('pong', () => this.pong());
    // `ws` swallows the errors of an open connection; they tell a reset from a close.
    this.ws.on('upgrade', (response) => response.socket.on('error', (error) => this.breaks(error)));
    this.ws.on('unexpected-response', (request, response) => {
      this.refusal = options.failures.handshake(response.statusCode ?? 0, response.headers);
      request.destroy();
      this.end();
    });
    this.ws.on('error', (error) => this.breaks(error));
    this.ws.on('close', (code) => this.end(this.failureOf(code)));
  }

  /** Sends a request and tells `listener` of everything until {@link release} or the end. `reused`: nobody had to wait for this socket. */
  serve(body: Message, listener: Listener, reused: boolean): void {
    this.listener = listener;
    this.reused = reused;
    this.heard = false;
    this.received = 0;
    const { warmed } = this;
    this.warmed = undefined;
    this.send(warmed?.about === aboutOf(body) ? { ...body, previous_response_id: warmed.responseId } : body);
    listener.opened(reused);
    this.ping();
  }

  send(message: Message): void {
    this.ws.send(JSON.stringify(message), ignore);
  }

  /** Has the peer read the stable part of the next request ahead; that request then goes on from there. */
  warmUp(message: Message): void {
    this.warming = aboutOf(message);
    this.send(message);
  }

  /** The answer is over; the socket may serve another. */
  release(): void {
    this.listener = undefined;
  }

  /** Asks for a sign of life; without one the socket is gone. */
  ping(): void {
    this.ws.ping(undefined, undefined, ignore);
    this.pongDeadline.set(this.options.pongMs, () => this.silent());
  }

  /** Closes the connection in this very turn, without telling anybody. */
  terminate(): void {
    this.ended = true;
    this.listener = undefined;
    this.pongDeadline.clear();
    this.ws.terminate();
  }

  private open(): void {
    this.openedAt = this.options.clock.now();
    this.ping();
    this.events.opened(this);
  }

  private pong(): void {
    this.options.peer.answersPings = true;
    this.pongDeadline.clear();
  }

  private frame(text: string, isBinary: boolean): void {
    if (this.ended) return;
    this.pongDeadline.clear();
    this.received += text.length;
    if (this.received > MAX_ANSWER_BYTES) return this.end(this.options.failures.tooMuch());
    const message = isBinary ? undefined : parseMessage(text);
    if (!message) {
      const what = isBinary ? 'a binary frame' : 'a frame is not a JSON object';
      this.end(this.options.failures.malformed(what));
    } else if (this.warming !== undefined) this.warmUpFrame(message, this.warming);
    else if (this.listener) {
      this.heard = true;
      this.listener.message(message);
    }
    // An error that belongs to no answer is about the connection itself.
    else if (message.type === 'error') this.end();
  }

  /** A lane is first in, first out: until the warm-up is over, whatever comes is its own. */
  private warmUpFrame(message: Message, about: string): void {
    if (!/^(error|response\.(completed|incomplete|failed))$/.test(asWord(message.type) ?? '')) return;
    this.warming = undefined;
    const responseId = asWord(asObject(message.response).id);
    const good = message.type === 'response.completed' && responseId !== undefined && !this.listener;
    if (good) this.warmed = { about, responseId };
  }

  private silent(): void {
    if (!this.options.peer.answersPings) return;
    this.end({ ...this.options.failures.timeout('no sign of life', this.options.pongMs), remedy: 'reconnect' });
  }

  private breaks(error: Error): void {
    this.broken ??= error;
  }

  private failureOf(code: number): Failure {
    const { failures } = this.options;
    if (this.openedAt === 0) return { ...failures.network(this.broken?.message ?? 'no handshake'), remedy: 'sse' };
    if (code === 1009) return { ...failures.truncated('a message was too big'), remedy: 'sseOnce' };
    const failure = this.broken ? this.failureOfError(this.broken) : failures.truncated(`close ${code}`);
    if (this.heard) return failure;
    return { ...failure, remedy: this.reused ? 'reconnect' : 'sse' };
  }

  private failureOfError(error: NodeJS.ErrnoException): Failure {
    const { failures } = this.options;
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return failures.error('tooLarge', error.message);
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

/** A request may go on from a warm-up only if it is for the same model and instructions. */
function aboutOf(body: Message): string {
  return JSON.stringify([body.model, body.instructions]);
}

/** A write that fails is followed by a close, which is where it is dealt with. */
function ignore(): void {}
