// One WebSocket to a model: from its handshake to its end, serving one answer at a time.

import { WebSocket } from 'ws';
import { Deadline } from './deadline.ts';
import type { Failure } from './failure.ts';
import { asObject, asWord, type Message, parseMessage } from './message.ts';
import { type CallListener, type EndpointOptions, maxAnswerBytes } from './transport.ts';

/** No real frame is longer: the longest holds one whole answer. */
const maxFrameBytes = 2 << 20;
/** A handshake that no request waits for any more may still become a spare, for so long. */
const handshakeMs = 15_000;

export interface SocketOptions extends EndpointOptions {
  /** How long a ping may go unanswered, at a peer that has answered one before. */
  readonly pongMs: number;
  /** Shared by all sockets to the peer, and updated by them. */
  readonly peer: { answersPings: boolean };
}

export interface SocketEvents {
  opened(socket: ModelSocket): void;
  /** Called once, when the socket has ended without {@link ModelSocket.terminate}. `failure` if it never opened. */
  gone(socket: ModelSocket, failure: Failure | undefined): void;
}

export class ModelSocket {
  /** The headers of its handshake, as JSON: a socket with an old key is not used again. */
  readonly headers: string;
  /** By the clock, ms; 0 until it is open. */
  openedAt = 0;
  readonly #options: SocketOptions;
  readonly #events: SocketEvents;
  readonly #ws: WebSocket;
  #listener: CallListener | undefined;
  #reused = false;
  /** A message has come since the last request. */
  #heard = false;
  /** Bytes that have come since the last request. */
  #received = 0;
  #ended = false;
  #broken: Error | undefined;
  #refusal: Failure | undefined;
  readonly #pongDeadline: Deadline;
  #warming: string | undefined;
  #warmed: { readonly about: string; readonly responseId: string } | undefined;

  constructor(options: SocketOptions, events: SocketEvents) {
    this.#options = options;
    this.#events = events;
    this.#pongDeadline = new Deadline(options.clock);
    const headers = options.headers();
    this.headers = JSON.stringify(headers);
    const limits = { perMessageDeflate: false, maxPayload: maxFrameBytes, handshakeTimeout: handshakeMs };
    this.#ws = new WebSocket(options.url, { headers, ...limits });
    this.#ws.on('open', () => this.#open());
    this.#ws.on('message', (data, isBinary) => this.#frame(data.toString(), isBinary));
    this.#ws.on('pong', () => this.#pong());
    // `ws` swallows the errors of an open connection; they tell a reset from a close.
    this.#ws.on('upgrade', (response) => response.socket.on('error', (error) => this.#breaks(error)));
    this.#ws.on('unexpected-response', (request, response) => {
      this.#refusal = options.failures.handshake(response.statusCode ?? 0, response.headers);
      request.destroy();
      this.#end();
    });
    this.#ws.on('error', (error) => this.#breaks(error));
    this.#ws.on('close', (code) => this.#end(this.#failureOf(code)));
  }

  /** Sends a request and reports to `listener` until {@link release} or the end. `reused`: the socket was open before the request. */
  serve(body: Message, listener: CallListener, reused: boolean): void {
    this.#listener = listener;
    this.#reused = reused;
    this.#heard = false;
    this.#received = 0;
    const warmed = this.#warmed;
    this.#warmed = undefined;
    this.send(warmed?.about === aboutOf(body) ? { ...body, previous_response_id: warmed.responseId } : body);
    listener.opened(reused);
    this.ping();
  }

  send(message: Message): void {
    this.#ws.send(JSON.stringify(message), ignore);
  }

  /** Makes the peer read the stable part of the next request ahead; that request then continues from there. */
  warmUp(message: Message): void {
    this.#warming = aboutOf(message);
    this.send(message);
  }

  /** The answer is over; the socket may serve another. */
  release(): void {
    this.#listener = undefined;
  }

  /** Pings the peer; if it has answered pings before and does not now, the socket ends. */
  ping(): void {
    this.#ws.ping(undefined, undefined, ignore);
    this.#pongDeadline.set(this.#options.pongMs, () => this.#silent());
  }

  /** Closes the connection synchronously; neither the listener nor `gone` is called. */
  terminate(): void {
    this.#ended = true;
    this.#listener = undefined;
    this.#pongDeadline.clear();
    this.#ws.terminate();
  }

  #open(): void {
    this.openedAt = this.#options.clock.now();
    this.ping();
    this.#events.opened(this);
  }

  #pong(): void {
    this.#options.peer.answersPings = true;
    this.#pongDeadline.clear();
  }

  #frame(text: string, isBinary: boolean): void {
    if (this.#ended) return;
    this.#pongDeadline.clear();
    this.#received += text.length;
    if (this.#received > maxAnswerBytes) return this.#end(this.#options.failures.endless());
    const message = isBinary ? undefined : parseMessage(text);
    if (!message) {
      const what = isBinary ? 'a binary frame' : 'a frame is not a JSON object';
      this.#end(this.#options.failures.malformed(what));
    } else if (this.#warming !== undefined) this.#warmUpFrame(message, this.#warming);
    else if (this.#listener) {
      this.#heard = true;
      this.#listener.message(message);
    }
    // An error that belongs to no answer concerns the connection itself.
    else if (message.type === 'error') this.#end();
  }

  /** The service answers in order: until the warm-up has ended, every message belongs to it. */
  #warmUpFrame(message: Message, about: string): void {
    if (!/^(error|response\.(completed|incomplete|failed))$/.test(asWord(message.type) ?? '')) return;
    this.#warming = undefined;
    const responseId = asWord(asObject(message.response).id);
    const good = message.type === 'response.completed' && responseId !== undefined && !this.#listener;
    if (good) this.#warmed = { about, responseId };
  }

  #silent(): void {
    if (!this.#options.peer.answersPings) return;
    this.#end({ ...this.#options.failures.timeout('no sign of life', this.#options.pongMs), retry: 'reconnect' });
  }

  #breaks(error: Error): void {
    this.#broken ??= error;
  }

  #failureOf(code: number): Failure {
    const { failures } = this.#options;
    if (this.openedAt === 0) return { ...failures.network(this.#broken?.message ?? 'no handshake'), retry: 'sse' };
    if (code === 1009) return { ...failures.truncated('a message was too big'), retry: 'sseOnce' };
    const failure = this.#broken ? this.#failureOfError(this.#broken) : failures.truncated(`close ${code}`);
    if (this.#heard) return failure;
    return { ...failure, retry: this.#reused ? 'reconnect' : 'sse' };
  }

  #failureOfError(error: NodeJS.ErrnoException): Failure {
    const { failures } = this.#options;
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return failures.error('tooLarge', error.message);
    return error.code?.startsWith('WS_ERR') ? failures.malformed(error.message) : failures.network(error.message);
  }

  #end(failure?: Failure): void {
    if (this.#ended) return;
    const listener = this.#listener;
    this.terminate();
    this.#events.gone(this, this.openedAt === 0 ? (this.#refusal ?? failure) : undefined);
    if (failure) listener?.failed(failure);
  }
}

/** A request may go on from a warm-up only if it is for the same model and instructions. */
function aboutOf(body: Message): string {
  return JSON.stringify([body.model, body.instructions]);
}

/** A write that fails is followed by a close, which reports the failure. */
function ignore(): void {}
