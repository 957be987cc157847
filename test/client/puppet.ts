// A model whose every word the test says: a Responses endpoint over WebSocket on loopback. Where the rehearsal model plays a script against
// time, here a scenario decides what happens between two chunks.

import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Until } from './until.ts';

/** One request of the server, and its answer in the making. */
export class Call {
  /** The body of `response.create`. */
  readonly body: Record<string, unknown>;
  /** The user message. */
  readonly prompt: string;
  /** The text between the scope tags. */
  readonly scope: string;
  readonly #socket: WebSocket;
  readonly #until: Until;
  readonly #id: string;
  #sent = 0;

  constructor(socket: WebSocket, until: Until, body: Record<string, unknown>, id: string) {
    this.#socket = socket;
    this.#until = until;
    this.#id = id;
    this.body = body;
    this.prompt = lastText(body.input);
    this.scope = scopeOf(this.prompt);
  }

  /** Whether the server closed the connection that this answer comes over. */
  get hungUp(): boolean {
    return this.#socket.readyState === this.#socket.CLOSED;
  }

  /** Sends one delta. */
  say(delta: string): this {
    this.#sent++;
    return this.#event({ type: 'response.output_text.delta', delta, sequence_number: this.#sent });
  }

  /** Sends one delta of thinking. */
  think(delta: string): this {
    return this.#event({ type: 'response.reasoning_text.delta', delta });
  }

  /** Ends the answer as complete. */
  done(): void {
    const usage = { input_tokens: 100, output_tokens: 50 };
    this.#event({ type: 'response.completed', response: { id: this.#id, status: 'completed', usage } });
  }

  /** Says all of `answer` in pieces that a tokenizer might make, and ends. */
  answer(answer: string): void {
    for (const piece of answer.match(/.{1,4}/gsu) ?? []) this.say(piece);
    this.done();
  }

  /** The output limit was reached. */
  cutByLimit(): void {
    const response = { id: this.#id, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    this.#event({ type: 'response.incomplete', response });
  }

  /** The connection breaks. */
  cut(): void {
    this.#socket.terminate();
  }

  untilHungUp(): Promise<true> {
    return this.#until.for('the server to hang up on the model', () => this.hungUp || undefined);
  }

  #event(event: Record<string, unknown>): this {
    this.#socket.send(
      JSON.stringify({ response_id: this.#id, output_index: 0, content_index: 0, item_id: 'm', ...event }),
    );
    return this;
  }
}

export class Puppet {
  readonly #server: WebSocketServer;
  readonly #until = new Until();
  readonly calls: Call[] = [];
  #taken = 0;
  #always: ((call: Call) => void) | undefined;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      socket.on('error', () => {}); // the server under test hung up
      socket.on('close', () => this.#until.poke());
      socket.on('message', (data) => this.#received(socket, JSON.parse(String(data))));
    });
  }

  static async start(): Promise<Puppet> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    return new Puppet(server);
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** Settings that make this model answer. */
  get settings(): { providers: object; lanes: Record<string, object> } {
    return {
      providers: { puppet: { api: 'responses', transport: 'websocket', baseUrl: this.baseUrl } },
      lanes: { fast: { provider: 'puppet', model: 'puppet' } },
    };
  }

  /** The next request that the server makes. */
  async next(): Promise<Call> {
    const index = this.#taken++;
    return this.#until.for(`request ${index + 1} to the model`, () => this.calls[index]);
  }

  /** Forgets the requests so far. */
  forget(): void {
    this.calls.length = 0;
    this.#taken = 0;
    this.#always = undefined;
  }

  /** Answers the next request, if there is one. */
  perhaps(answer: (call: Call) => void): void {
    this.next().then(answer, () => {}); // that nobody asks is fine
  }

  /** Answers every request from now on, until `forget`. */
  always(answer: (call: Call) => void): void {
    this.#always = answer;
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #received(socket: WebSocket, body: Record<string, unknown>): void {
    if (body.type !== 'response.create' || body.generate === false) return;
    const id = `resp_${this.calls.length + 1}`;
    this.calls.push(new Call(socket, this.#until, body, id));
    socket.send(JSON.stringify({ type: 'response.created', response: { id, status: 'in_progress' } }));
    this.#always?.(this.calls.at(-1)!);
    this.#until.poke();
  }
}

function lastText(input: unknown): string {
  const message = (input as { content: string | { text?: string }[] }[]).at(-1);
  const content = message?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}

/** The last block `<scope …>` of the prompt, without the line breaks at its tags (DESIGN.md §6). */
function scopeOf(prompt: string): string {
  const opening = [...prompt.matchAll(/^<(scope(?:-\d+)?) [^\n]*>\n/gm)].at(-1);
  if (!opening) throw new Error(`no scope in the prompt:\n${prompt}`);
  const from = opening.index + opening[0].length;
  return prompt.slice(from, prompt.indexOf(`\n</${opening[1]}>`, from - 1));
}
