// Where requests come in and answers go out: a handler runs in its state of the connection alone, and what it throws is converted here, once.

import { type CancellationToken, ResponseError } from 'vscode-jsonrpc';
import { Cancelled, ClientError, traceOf } from '../errors.ts';
import { object } from './client.ts';
import { sayError } from './for-people.ts';
import type { Wire } from './wire.ts';

/** JSON-RPC and LSP error codes. */
const code = {
  invalidRequest: -32600,
  invalidParams: -32602,
  methodNotFound: -32601,
  internal: -32603,
  notInitialized: -32002,
  cancelled: -32800,
} as const;

type State = 'fresh' | 'running' | 'shutDown';

export class Border {
  readonly #wire: Wire;
  readonly #log: (line: string) => void;
  /** Requests that have no answer yet. */
  readonly #open = new Set<Promise<unknown>>();
  state: State = 'fresh';

  constructor(wire: Wire, log: (line: string) => void) {
    this.#wire = wire;
    this.#log = log;
    wire.onRequest((method) => (this.state === 'running' ? unknownMethod(method) : this.#wrongState(method)));
  }

  /** Answered with an error in any state but `state`. Nothing at all is answered with null. */
  request(
    method: string,
    handle: (params: unknown, token: CancellationToken) => unknown,
    state: State = 'running',
  ): void {
    this.#wire.onRequest(method, (params, token) => {
      if (this.state !== state) return this.#wrongState(method);
      const answer = this.#answer(method, () => handle(params, token));
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
  notification(method: string, handle: (params: Record<string, unknown>) => void): void {
    this.#wire.onNotification(method, (params) => {
      if (this.state !== 'running') return;
      try {
        handle(object(params));
      } catch (error) {
        this.#log(`${method}: ${error instanceof ClientError ? error.message : traceOf(error)}`);
      }
    });
  }

  #wrongState(method: string): ResponseError<void> {
    if (this.state === 'fresh')
      return new ResponseError(code.notInitialized, sayError(`${method}: the server is not initialized yet`));
    const why = method === 'initialize' ? 'the server is initialized already' : 'the server was shut down';
    return new ResponseError(code.invalidRequest, sayError(`${method}: ${why}`));
  }

  #toResponse(method: string, error: unknown): ResponseError<void> {
    if (error instanceof ClientError) return new ResponseError(code.invalidParams, sayError(error.message));
    if (error instanceof Cancelled) return new ResponseError(code.cancelled, sayError(error.message));
    if (error instanceof ResponseError) return error;
    this.#log(`${method}: ${traceOf(error)}`);
    return new ResponseError(code.internal, `${method}: an internal error; see the server's log`);
  }
}

function unknownMethod(method: string): ResponseError<void> {
  return new ResponseError(code.methodNotFound, sayError(`${method}: not something that this server does`));
}
