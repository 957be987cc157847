// Sends an answer as server-sent events.

import type { ServerResponse } from 'node:http';
import type { Carrier } from './encoder.ts';
import { asJson, type RehearsalRequest } from './request.ts';
import { reset } from './reset.ts';

/** Of a write with odd framing: small and no power of two, so that it cuts lines and characters anywhere. */
const pieceBytes = 7;

export class SseCarrier implements Carrier {
  readonly #api: RehearsalRequest['api'];
  readonly #response: ServerResponse;
  readonly #odd: boolean;
  readonly #queue: (() => void)[] = [];
  #draining = false;

  /** `odd`: comments, CRLF, `data:` without a space, data over several lines, and writes that cut characters in two. */
  constructor(api: RehearsalRequest['api'], response: ServerResponse, odd: boolean) {
    this.#api = api;
    this.#response = response;
    this.#odd = odd;
  }

  open(): void {
    this.#response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    this.#response.flushHeaders();
  }

  send(event: object): void {
    const name = this.#api === 'responses' ? String(asJson(event).type) : undefined;
    if (this.#odd) return this.#trickle(oddEvent(name, event));
    this.#response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(event)}\n\n`);
  }

  sendRaw(data: string | Uint8Array): void {
    this.#response.write(`data: ${typeof data === 'string' ? data : Buffer.from(data).toString('latin1')}\n\n`);
  }

  end(): void {
    this.#after(() => this.#response.end(this.#api === 'chat' ? 'data: [DONE]\n\n' : undefined));
  }

  /** 1000 and 1001 end the body with no terminal event, the others cut it off. */
  close(code: number): void {
    this.#after(() => (code < 1006 ? this.#response.end() : this.#response.socket?.end()));
  }

  reset(): void {
    this.#after(() => reset(this.#response.socket));
  }

  freeze(): void {}

  #trickle(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      this.#queue.push(() => this.#response.write(piece));
    }
    if (!this.#draining) this.#drain();
  }

  #drain(): void {
    this.#queue.shift()?.();
    this.#draining = this.#queue.length > 0;
    if (this.#draining) setImmediate(() => this.#drain());
  }

  #after(action: () => void): void {
    if (this.#queue.length > 0) this.#queue.push(action);
    else action();
  }
}

function oddEvent(name: string | undefined, event: object): string {
  const data = JSON.stringify(event, null, 1).split('\n');
  const lines = [
    ': a comment',
    'retry: 1000',
    'id',
    ...(name === undefined ? [] : [`event:${name}`]),
    ...data.map((line) => `data:${line}`),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
