// POST requests whose answers are server-sent events, over connections that are kept open and opened ahead.

import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { HttpConnections } from './connections.ts';
import { isErrorObject } from './error-words.ts';
import type { Failure } from './failure.ts';
import { asString, done, type Message, parseMessage, parseValue } from './message.ts';
import {
  type CallListener,
  type EndpointOptions,
  maxAnswerBytes,
  type Transport,
  type TransportCall,
} from './transport.ts';
import { isWebPage } from './web-page.ts';

/** No real event is longer; a peer that never ends a line must not fill the memory. */
const maxEventChars = 2 << 20;
/** The last event of a stream of chat completions. */
const sayDone = '[DONE]';
/** UTF-16 units of an error body that are read. */
const maxErrorChars = 16 << 10;
/** How long an ended answer may keep its connection before it is closed. */
const lingerMs = 500;

export class SseTransport implements Transport {
  readonly kind = 'sse';
  readonly #options: EndpointOptions;
  readonly #connections: HttpConnections;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#connections = new HttpConnections(options.url);
  }

  call(body: Message, listener: CallListener): TransportCall {
    return new SseCall(this.#options, this.#connections, { body: JSON.stringify(body), listener });
  }

  preconnect(): void {
    this.#connections.preconnect();
  }

  closeIdle(): void {
    this.#connections.closeIdle();
  }

  dispose(): void {
    this.#connections.dispose();
  }
}

class SseCall implements TransportCall {
  readonly #options: EndpointOptions;
  readonly #request: ClientRequest;
  #listener: CallListener | undefined;
  #reused = false;
  #reset: Error | undefined;

  constructor(options: EndpointOptions, connections: HttpConnections, job: { body: string; listener: CallListener }) {
    this.#options = options;
    this.#listener = job.listener;
    const { url } = options;
    this.#request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      agent: connections.agent,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'content-length': Buffer.byteLength(job.body),
        ...options.headers(),
      },
    });
    this.#request.on('socket', (socket) => {
      this.#reused = !socket.connecting;
      const opened = () => this.#listener?.opened(this.#reused);
      if (this.#reused) opened();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', opened);
      const broke = (error: Error) => {
        this.#reset ??= error;
      };
      socket.on('error', broke);
      // The connection outlives the request.
      this.#request.once('close', () => socket.off('error', broke));
    });
    this.#request.on('response', (response) => this.#respond(response));
    this.#request.on('error', (error: NodeJS.ErrnoException) => this.#broken(error));
    this.#request.end(job.body);
  }

  send(): boolean {
    return false;
  }

  release(): void {
    this.#listener = undefined;
    const linger = this.#options.clock.setTimer(() => this.#request.destroy(), lingerMs);
    this.#request.once('close', () => this.#options.clock.clearTimer(linger));
  }

  destroy(): void {
    this.#listener = undefined;
    this.#request.destroy();
  }

  #respond(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    response.setEncoding('utf8');
    if (statusCode !== 200) {
      const refused = (body: string) => this.#fail(this.#options.failures.response(statusCode, headers, body));
      return this.#readBody(response, maxErrorChars, refused);
    }
    const type = String(headers['content-type'] ?? 'none');
    if (!type.startsWith('text/event-stream'))
      return this.#readBody(response, maxEventChars, (body) => this.#unstreamed(type, body));
    let hear = (event: EventSourceMessage) => this.#event(event);
    const parser = createParser({
      onEvent: (event) => hear(event),
      onComment: () => this.#listener?.alive(),
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded')
          this.#fail(this.#options.failures.malformed('an event is too long'));
      },
      maxBufferSize: maxEventChars,
    });
    let received = 0;
    let head = '';
    response.on('data', (text: string) => {
      received += text.length;
      if (head.length < maxErrorChars) head += text.slice(0, maxErrorChars);
      if (received > maxAnswerBytes) this.#fail(this.#options.failures.endless());
      else if (this.#listener) parser.feed(text);
    });
    response.on('end', () => {
      // Some servers leave out the blank line after their last event. What is cut within an event is no object.
      hear = (event) => (event.data.startsWith(sayDone) || parseMessage(event.data)) && this.#event(event);
      if (this.#listener) parser.feed('\n\n');
      const { failures } = this.#options;
      // Some proxies keep the type that was asked for.
      this.#fail(
        isWebPage(undefined, head) ? failures.response(200, {}, head) : failures.truncated('the stream ended'),
      );
    });
    response.on('error', () => this.#cutOff());
  }

  /** `read` gets the body, or its first `maxChars` UTF-16 units, or what has come of it, once. */
  #readBody(response: IncomingMessage, maxChars: number, read: (body: string) => void): void {
    let body = '';
    const readOnce = () => this.#listener && read(body.slice(0, maxChars));
    response.on('data', (text: string) => {
      body += text.slice(0, maxChars);
      if (body.length >= maxChars) readOnce();
    });
    response.on('end', readOnce);
    response.on('error', readOnce);
  }

  /** The answer as one object, from a service that does not stream; or something else altogether. */
  #unstreamed(type: string, body: string): void {
    const { failures } = this.#options;
    const answer = parseMessage(body);
    if (answer && Array.isArray(answer.choices)) {
      this.#listener?.message(answer);
      this.#listener?.message(done);
    }
    const isSaid =
      answer === undefined
        ? Array.isArray(parseValue(body)) || isWebPage(type, body)
        : Boolean(answer.error) || isErrorObject(answer);
    if (isSaid) this.#fail(failures.response(200, { 'content-type': type }, body));
    this.#fail(failures.malformed(`the answer is no event stream (content type ${type.slice(0, 60)})`));
  }

  #event(event: EventSourceMessage): void {
    if (!this.#listener) return;
    if (event.data.startsWith(sayDone)) return this.#listener.message(done);
    const message = parseMessage(event.data);
    if (!message) return this.#noObject(event);
    const isError = event.event === 'error' && message.type !== 'error';
    this.#listener.message(isError ? { type: 'error', error: message.error ?? message } : message);
  }

  /** A list of errors, or the words of one; anything else shows that the peer speaks another language. */
  #noObject({ event, data }: EventSourceMessage): void {
    const { failures } = this.#options;
    const value = parseValue(data);
    if (Array.isArray(value)) this.#fail(failures.message({ error: value }));
    else if (event === 'error') this.#fail(failures.message({ error: asString(value) ?? data }));
    else this.#fail(failures.malformed('an event is not a JSON object'));
  }

  /** FIN without the end of the body is a cut; a reset is a network failure. */
  #cutOff(): void {
    const { failures } = this.#options;
    this.#fail(this.#reset ? failures.network(this.#reset.message) : failures.truncated('the connection closed'));
  }

  #broken(error: NodeJS.ErrnoException): void {
    const failure = this.#options.failures.network(error.code ?? error.message);
    // A kept connection may have been closed by the peer just as the request was written.
    this.#fail(this.#reused ? { ...failure, retry: 'reconnect' } : failure);
  }

  #fail(failure: Failure): void {
    const listener = this.#listener;
    this.destroy();
    listener?.failed(failure);
  }
}
