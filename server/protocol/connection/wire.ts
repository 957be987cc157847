// The part of JSON-RPC that the server uses, typed by the protocol: the compiler checks what we send, and what comes in is unknown until a handler
// has read it, because nothing makes an editor keep to the types. The library's connection fits behind it (streams.ts); the simulation brings its own.

import type { CancellationToken, NotificationType, RequestType } from 'vscode-languageserver-protocol';

/** A message by its name, as every type of the protocol's has it. */
export interface MessageName {
  readonly method: string;
}

/** Handlers run in the order in which messages were read; a synchronous handler runs to its end before the next. */
export interface Wire {
  /** A handler that returns a `ResponseError`, or a promise of it, answers with that error. */
  onRequest(type: MessageName, handler: (params: unknown, token: CancellationToken) => unknown): void;
  /** For every request that has no handler of its own. */
  onUnknownRequest(handler: (method: string) => unknown): void;
  onNotification(type: MessageName, handler: (params: unknown) => void): void;
  /** Rejects when the peer answers with an error. */
  sendRequest<P, R, E>(type: RequestType<P, R, E>, params: NoInfer<P>): Promise<R>;
  sendNotification<P>(type: NotificationType<P>, params: NoInfer<P>): Promise<void>;
  /** Whether further changes of this document have been read already, and are handled next. */
  hasMoreChanges(uri: string): boolean;
}
