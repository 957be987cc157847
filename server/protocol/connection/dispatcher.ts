// Where requests come in and answers go out: a handler runs in its state of the connection alone, and what it throws is converted here, once.

import {
  type CancellationToken,
  ErrorCodes,
  LSPErrorCodes,
  type RequestType,
  type RequestType0,
  ResponseError,
} from 'vscode-languageserver-protocol';
import { Cancelled, ClientError, traceOf } from '../../errors.ts';
import { object } from '../untyped.ts';
import { sanitizeMessage } from './sanitize.ts';
import type { MessageName, Wire } from './wire.ts';

type State = 'fresh' | 'running' | 'shutDown';

/** The type of a request by its result alone: its parameters come from outside and are not believed. */
type Answered<R> = RequestType<unknown, R, unknown> | RequestType0<R, unknown>;

export class Dispatcher {
  readonly #wire: Wire;
  readonly #log: (line: string) => void;
  /** Requests that have no answer yet. */
  readonly #open = new Set<Promise<unknown>>();
  state: State = 'fresh';

  constructor(wire: Wire, log: (line: string) => void) {
    this.#wire = wire;
    this.#log = log;
    wire.onUnknownRequest((method) => (this.state === 'running' ? unknownMethod(method) : this.#wrongState(method)));
  }

  /** Answered with an error in any state but `state`. Nothing at all is answered with null. */
  request<R>(
    type: Answered<R>,
    handle: (params: unknown, token: CancellationToken) => R | Promise<R>,
    state: State = 'running',
  ): void {
    this.#wire.onRequest(type, (params, token) => {
      if (this.state !== state) return this.#wrongState(type.method);
      const answer = this.#answer(type.method, () => handle(params, token));
      this.#open.add(answer);
      void answer.finally(() => this.#open.delete(answer));
      return answer;
    });
  }

  /** Resolves when everything that was asked so far has its answer. */
  async answered(): Promise<void> {
    await Promise.all(this.#open);
  }

  /** Never rejects. */
  async #answer(method: string, handle: () => unknown): Promise<unknown> {
    try {
      return (await handle()) ?? null;
    } catch (error) {
      return this.#toResponse(method, error);
    }
  }

  /** Ignored unless the connection runs, as LSP wants. */
  notification(type: MessageName, handle: (params: Record<string, unknown>) => void): void {
    this.#wire.onNotification(type, (params) => {
      if (this.state !== 'running') return;
      try {
        handle(object(params));
      } catch (error) {
        this.#log(`${type.method}: ${error instanceof ClientError ? error.message : traceOf(error)}`);
      }
    });
  }

  #wrongState(method: string): ResponseError<void> {
    if (this.state === 'fresh') {
      const why = `${method}: the server is not initialized yet`;
      return new ResponseError(ErrorCodes.ServerNotInitialized, sanitizeMessage(why));
    }
    const why = method === 'initialize' ? 'the server is initialized already' : 'the server was shut down';
    return new ResponseError(ErrorCodes.InvalidRequest, sanitizeMessage(`${method}: ${why}`));
  }

  #toResponse(method: string, error: unknown): ResponseError<void> {
    if (error instanceof ClientError)
      return new ResponseError(ErrorCodes.InvalidParams, sanitizeMessage(error.message));
    if (error instanceof Cancelled)
      return new ResponseError(LSPErrorCodes.RequestCancelled, sanitizeMessage(error.message));
    this.#log(`${method}: ${traceOf(error)}`);
    return new ResponseError(ErrorCodes.InternalError, `${method}: an internal error; see the server's log`);
  }
}

function unknownMethod(method: string): ResponseError<void> {
  return new ResponseError(
    ErrorCodes.MethodNotFound,
    sanitizeMessage(`${method}: not something that this server does`),
  );
}
