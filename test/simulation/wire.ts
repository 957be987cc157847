// The line between editor and server, in memory: in order, each way with a delay, and watched.

import {
  type CancellationToken,
  ErrorCodes,
  type NotificationType,
  type RequestType,
} from 'vscode-languageserver-protocol';
import { ChangesAhead } from '../../server/protocol/connection/changes-ahead.ts';
import type { MessageName, Wire } from '../../server/protocol/connection/wire.ts';
import type { Time } from './time.ts';

type Handler = (params: unknown, token: CancellationToken) => unknown;

/** What a request was answered with; exactly one of them. */
export interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Sees each message on the server's side: what it sends when it sends it, what it reads right before it acts. */
export interface Watcher {
  sent(method: string, params: unknown, id?: number): void;
  read(method: string, params: unknown, id?: number): void;
  /** The server answered a request of the editor's. */
  answered(id: number, method: string, answer: Answer): void;
}

/** The editor's side. */
export interface Peer {
  notified(method: string, params: unknown): void;
  /** Call `reply` once, at any time, or never. */
  requested(method: string, params: unknown, reply: (answer: Answer) => void, id: number): void;
}

export interface SimWireOptions {
  readonly time: Time;
  /** Milliseconds that the next message takes. */
  readonly delayMs: () => number;
  readonly watcher: Watcher;
  readonly peer: Peer;
}

/** One direction: when the last message was sent, and when it arrives. */
interface Way {
  sentMs: number;
  arrivesMs: number;
}

export class SimWire implements Wire {
  readonly #options: SimWireOptions;
  readonly #handlers = new Map<string, Handler>();
  readonly #listeners = new Map<string, (params: unknown) => void>();
  /** Requests of the editor that the server has not answered. */
  readonly open = new Map<number, { method: string; token: Token }>();
  /** Notifications of the editor that the server has not handled, and when they arrive. */
  readonly #underway = new Map<object, number>();
  #ids = 0;
  readonly #serverward: Way = { sentMs: -1, arrivesMs: 0 };
  readonly #editorward: Way = { sentMs: -1, arrivesMs: 0 };

  constructor(options: SimWireOptions) {
    this.#options = options;
  }

  // ---- the server's end

  onRequest({ method }: MessageName, handler: Handler): void {
    this.#handlers.set(method, handler);
  }

  /** Never called: the simulated editors send no unknown methods. */
  onUnknownRequest(): void {}

  onNotification({ method }: MessageName, handler: (params: unknown) => void): void {
    this.#listeners.set(method, handler);
  }

  sendRequest<P, R, E>({ method }: RequestType<P, R, E>, params: NoInfer<P>): Promise<R> {
    const { watcher, peer } = this.#options;
    const id = ++this.#ids;
    watcher.sent(method, params, id);
    return new Promise((resolve, reject) => {
      const reply = ({ result, error }: Answer) =>
        this.#toServer(() => {
          watcher.read(`answer to ${method}`, result ?? error, id);
          if (error) reject(Object.assign(new Error(error.message), { code: error.code }));
          else resolve(result as R);
        });
      this.#toEditor(() => peer.requested(method, params, reply, id));
    });
  }

  sendNotification<P>({ method }: NotificationType<P>, params: NoInfer<P>): Promise<void> {
    this.#options.watcher.sent(method, params);
    // What only a person reads has no place in the order of events: some of it leaves when a disk has been read.
    if (method !== 'window/showMessage') this.#toEditor(() => this.#options.peer.notified(method, params));
    return Promise.resolve();
  }

  /** What arrives at one moment has been read when the first of it is handled. */
  hasMoreChanges(uri: string): boolean {
    const ahead = new ChangesAhead();
    for (const [message, arrivesMs] of this.#underway) if (arrivesMs <= this.#options.time.now()) ahead.read(message);
    return ahead.has(uri);
  }

  // ---- the editor's end

  /** Returns the request's id, for `cancel`. */
  request(method: string, params: unknown, answered: (answer: Answer) => void): number {
    const id = ++this.#ids;
    const token = new Token();
    this.open.set(id, { method, token });
    this.#toServer(() => {
      this.#options.watcher.read(method, params, id);
      void this.#handle(method, params, token).then((answer) => {
        this.open.delete(id);
        this.#options.watcher.answered(id, method, answer);
        this.#toEditor(() => answered(answer));
      });
    });
    return id;
  }

  notify(method: string, params: unknown): void {
    const message = { method, params };
    this.#toServer(() => {
      this.#underway.delete(message);
      this.#options.watcher.read(method, params);
      this.#listeners.get(method)?.(params);
    });
    this.#underway.set(message, this.#serverward.arrivesMs);
  }

  cancel(id: number): void {
    this.#toServer(() => {
      this.#options.watcher.read('$/cancelRequest', { id });
      this.open.get(id)?.token.cancel();
    });
  }

  async #handle(method: string, params: unknown, token: Token): Promise<Answer> {
    const handler = this.#handlers.get(method);
    const result = await handler?.(params, token);
    if (!(result instanceof Error)) return { result };
    return { error: { code: (result as { code?: number }).code ?? ErrorCodes.InternalError, message: result.message } };
  }

  #toServer(run: () => void): void {
    this.#pass(this.#serverward, run);
  }

  #toEditor(run: () => void): void {
    this.#pass(this.#editorward, run);
  }

  /** In order, and what was written at one moment arrives at one moment. */
  #pass(way: Way, run: () => void): void {
    const { time, delayMs } = this.#options;
    if (way.sentMs !== time.now()) way.arrivesMs = Math.max(way.arrivesMs, time.now() + delayMs());
    way.sentMs = time.now();
    time.setAlarm(run, way.arrivesMs);
  }
}

class Token implements CancellationToken {
  isCancellationRequested = false;
  readonly #listeners = new Set<() => void>();

  readonly onCancellationRequested = ((listener: () => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }) as unknown as CancellationToken['onCancellationRequested'];

  cancel(): void {
    this.isCancellationRequested = true;
    for (const listener of this.#listeners) listener();
  }
}
