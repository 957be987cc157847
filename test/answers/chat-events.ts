// A chat endpoint that sends what a case says, event by event, for what no encoder of ours would write.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from './chunking.ts';

const chunk = (choice: object) =>
  JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, finish_reason: null, ...choice }],
  });

/**
 * A line of a case as it goes over the wire: `delta {…}` and `finish WORD` are chunks of an answer, `{…}` or `[…]` is the data of an event, `raw …` is sent
 * as it stands.
 */
export function chatEvent(line: string): string {
  const [, kind, rest = ''] = /^(delta|finish|raw|data) (.*)$/s.exec(line) ?? [];
  if (kind === 'raw') return `${rest}\n\n`;
  if (kind === 'delta') return `data: ${chunk({ delta: JSON.parse(rest) })}\n\n`;
  if (kind === 'finish') return `data: ${chunk({ delta: {}, finish_reason: rest })}\n\n`;
  return `data: ${kind === 'data' ? rest : line}\n\n`;
}

export class ChatEvents {
  readonly #server = createServer((request, response) => {
    request.resume().on('end', () => this.#send(response));
  });
  /** What the next requests are answered with, and how it is cut. */
  #next: { readonly events: readonly string[]; readonly random: Random } | undefined;

  static async start(): Promise<ChatEvents> {
    const model = new ChatEvents();
    await new Promise<void>((resolve) => model.#server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  says(events: readonly string[], random: Random): void {
    this.#next = { events, random };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** In writes of 1 to 200 bytes, which may cut a character. */
  async #send(response: ServerResponse): Promise<void> {
    if (!this.#next) return void response.writeHead(404).end('{}');
    const { events, random } = this.#next;
    const bytes = Buffer.from(events.map(chatEvent).join(''));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let at = 0; at < bytes.length; ) {
      const end = at + 1 + Math.floor(random() * 200);
      response.write(bytes.subarray(at, end));
      at = end;
      await new Promise(setImmediate);
    }
    response.end();
  }
}
