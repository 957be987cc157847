// POST requests whose answers are server-sent events, over connections that are kept open and opened ahead.

import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { DONE } from './chat.ts';
import { SpareConnections } from './connections.ts';
import type { Failure } from './failure.ts';
import { type Message, parseMessage } from './message.ts';
import { type Call, type EndpointOptions, type Listener, MAX_ANSWER_BYTES, type Transport } from './transport.ts';

/** No honest event is longer; a peer that never ends a line must not fill the memory. */
const MAX_EVENT_CHARS = 2 << 20;
/** Of an error's body. */
const MAX_ERROR_CHARS = 16 << 10;
/** How long an ended answer may keep its connection before it is closed. */
const LINGER_MS = 500;

export class SseTransport implements Transport {
  readonly kind = 'sse';
  private readonly options: EndpointOptions;
  private readonly connections: SpareConnections;

  constructor(options: EndpointOptions) {
    this.options = options;
    this.connections = new SpareConnections(options.url);
  }

  call(body: Message, listener: Listener): Call {
    return new SseCall(this.options, this.connections, { body: JSON.stringify(body), listener });
  }

  warm(): void {
    this.connections.warm();
  }

  renew(): void {
    this.connections.renew();
  }

  dispose(): void {
    this.connections.dispose();
  }
}

class SseCall implements Call {
  private readonly options: EndpointOptions;
  private readonly request: ClientRequest;
  private listener: Listener | undefined;
  private reused = false;
  private reset: Error | undefined;

  constructor(options: EndpointOptions, connections: SpareConnections, job: { body: string; listener: Listener }) {
    this.options = options;
    this.listener = job.listener;
    const { url } = options;
    this.request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      agent: connections.agent,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'content-length': Buffer.byteLength(job.body),
        ...options.headers(),
      },
    });
    this.request.on('socket', (socket) => {
      this.reused = !socket.connecting;
      const opened = () => this.listener?.opened(this.reused);
      if (this.reused) opened();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', opened);
      const broke = (error: Error) => {
        this.reset ??= error;
      };
      socket.on('error', broke);
      // The connection outlives the request.
      this.request.once('close', () => socket.off('error', broke));
    });
    this.request.on('response', (response) => this.respond(response));
    this.request.on('error', (error: NodeJS.ErrnoException) => this.broken(error));
    this.request.end(job.body);
  }

  send(): boolean {
    return false;
  }

  release(): void {
    this.listener = undefined;
    const linger = this.options.clock.setTimer(() => this.request.destroy(), LINGER_MS);
    this.request.once('close', () => this.options.clock.clearTimer(linger));
  }

  destroy(): void {
    this.listener = undefined;
    this.request.destroy();
  }

  private respond(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    response.setEncoding('utf8');
    if (statusCode !== 200)
      return this.refused(response, (body) => this.options.failures.response(statusCode, headers, body));
    const type = String(headers['content-type'] ?? 'none');
    if (!type.startsWith('text/event-stream')) {
      this.fail(this.options.failures.malformed(`the answer is no event stream (content type ${type.slice(0, 60)})`));
      return;
    }
    const parser = createParser({
      onEvent: (event) => this.event(event),
      onComment: () => this.listener?.alive(),
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded')
          this.fail(this.options.failures.malformed('an event is too long'));
      },
      maxBufferSize: MAX_EVENT_CHARS,
    });
    let received = 0;
    response.on('data', (text: string) => {
      received += text.length;
      if (received > MAX_ANSWER_BYTES) this.fail(this.options.failures.tooMuch());
      else if (this.listener) parser.feed(text);
    });
    response.on('end', () => this.fail(this.options.failures.truncated('the stream ended')));
    response.on('error', () => this.cutOff());
  }

  private refused(response: IncomingMessage, failure: (body: string) => Failure): void {
    let body = '';
    response.on('data', (text: string) => {
      body += text.slice(0, MAX_ERROR_CHARS);
      if (body.length >= MAX_ERROR_CHARS) this.fail(failure(body.slice(0, MAX_ERROR_CHARS)));
    });
    response.on('end', () => this.fail(failure(body)));
    response.on('error', () => this.fail(failure(body)));
  }

  private event(event: EventSourceMessage): void {
    if (!this.listener) return;
    if (event.data === '[DONE]') return this.listener.message(DONE);
    const message = parseMessage(event.data);
    if (!message) return this.fail(this.options.failures.malformed('an event is not a JSON object'));
    this.listener.message(
      event.event === 'error' && !message.type ? { type: 'error', error: message.error ?? message } : message,
    );
  }

  /** FIN without the end of the body is a cut; a reset is a network failure. */
  private cutOff(): void {
    const { failures } = this.options;
    this.fail(this.reset ? failures.network(this.reset.message) : failures.truncated('the connection closed'));
  }

  private broken(error: NodeJS.ErrnoException): void {
    const failure = this.options.failures.network(error.code ?? error.message);
    // A kept connection may have been closed by the peer just as the request was written.
    this.fail(this.reused ? { ...failure, remedy: 'reconnect' } : failure);
  }

  private fail(failure: Failure): void {
    const listener = this.listener;
    this.destroy();
    listener?.failed(failure);
  }
}
