// The little of JSON-RPC that the server needs. A vscode-jsonrpc MessageConnection fits; a simulation brings its own.

import type { CancellationToken } from 'vscode-jsonrpc';

export type { CancellationToken };

/** Handlers run in the order in which messages were read; a synchronous handler runs to its end before the next. */
export interface Wire {
  onRequest(method: string, handler: (params: unknown, token: CancellationToken) => unknown): unknown;
  /** For every method that has no handler of its own. */
  onRequest(handler: (method: string) => unknown): unknown;
  onNotification(method: string, handler: (params: unknown) => void): unknown;
  /** Rejects when the peer answers with an error. */
  sendRequest<R>(method: string, params: unknown): Promise<R>;
  sendNotification(method: string, params: unknown): Promise<void>;
}
