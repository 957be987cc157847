// Owns the server and the raw messages to and from it: every id is answered exactly once, and nothing odd is ever said.

import { type Message, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import type { ServerProcess } from './server-process.ts';
import { Until } from './until.ts';

/** What only ever comes from a bug in string building or an exception that got out (DESIGN.md §4.2). */
const odd = /undefined|\[object |TypeError|is not a function|is not iterable|Cannot read prop|NaN/;

/** An answer with an error, as a client sees it. */
export class ResponseError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Raw {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { code: number; message: string };
}

/** `notification` and `request` are called in the order of the messages, before anybody who waits for a message goes on. */
export interface WireEvents {
  notification(method: string, params: unknown): void;
  request(id: number | string, method: string, params: unknown): void;
}

export interface Sent {
  readonly id: number;
  readonly response: Promise<unknown>;
}

/** One server. Messages go through streams, as they do in an editor. */
export class Wire {
  readonly process: ServerProcess;
  readonly until = new Until();
  /** What was wrong with the server's messages, in words. */
  readonly faults: string[] = [];
  /** Every message in both directions, for a failing test. */
  readonly transcript: string[] = [];
  /** What the process ended with; undefined while it runs. `-1`: by a signal. */
  exitCode: number | undefined;
  stderr = '';
  readonly #writer: StreamMessageWriter;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #answered = new Set<number>();
  readonly #startedAt = performance.now();
  #nextId = 1;

  constructor(process: ServerProcess, events: WireEvents) {
    this.process = process;
    this.#writer = new StreamMessageWriter(this.process.stdin);
    this.#writer.onError(() => {}); // a write to a server that has gone: its exit says it
    this.process.stdin.on('error', () => {});
    this.process.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    const reader = new StreamMessageReader(this.process.stdout);
    reader.onError((error) => this.faults.push(`unreadable output of the server: ${error.message}`));
    reader.listen((message) => this.#receive(message as Raw, events));
    this.process.on('close', (code) => this.#gone(code ?? -1));
  }

  request(method: string, params: unknown): Sent {
    const id = this.#nextId++;
    const response = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    response.catch(() => {}); // a test may look at it later, or never
    this.send({ id, method, params });
    return { id, response };
  }

  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  send(message: Raw): void {
    this.#log('→', message);
    void this.#writer.write({ jsonrpc: '2.0', ...message } as Message).catch(() => {});
  }

  /** Ids that the server has not answered. */
  get unanswered(): number[] {
    return [...this.#waiting.keys()];
  }

  #receive(message: Raw, events: WireEvents): void {
    this.#log('←', message);
    if (odd.test(JSON.stringify(message))) this.faults.push(`odd text in a message: ${JSON.stringify(message)}`);
    if (message.method === undefined) this.#response(message);
    else if (message.id === undefined) events.notification(message.method, message.params);
    else events.request(message.id, message.method, message.params);
    this.until.poke();
  }

  #response({ id, result, error }: Raw): void {
    const number = Number(id);
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (this.#answered.has(number)) this.faults.push(`request ${id} was answered twice`);
    else if (!waiting && id !== null) this.faults.push(`an answer to a request that was never made: ${id}`);
    this.#answered.add(number);
    if (error) waiting?.reject(new ResponseError(error.code, error.message));
    else waiting?.resolve(result);
  }

  #gone(code: number): void {
    this.exitCode = code;
    const error = new Error(`the server has exited with ${code}; stderr: ${this.stderr}`);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.until.break(error);
  }

  #log(arrow: string, message: Raw): void {
    const ms = (performance.now() - this.#startedAt).toFixed(1).padStart(8);
    this.transcript.push(`${ms} ${arrow} ${JSON.stringify(message).slice(0, 2000)}`);
  }
}
