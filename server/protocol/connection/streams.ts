// The library's connection over two byte streams, read by our reader. Ends no process.

import type { Readable, Writable } from 'node:stream';
import { type Connection, createConnection, type WatchDog } from 'vscode-languageserver';
import {
  createProtocolConnection,
  ErrorCodes,
  type Message,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { ChangesAhead } from './changes-ahead.ts';
import { LenientMessageReader } from './message-reader.ts';
import type { Wire } from './wire.ts';

/** The end of the input is an `exit` that nobody said: it is heard after all that was said before. */
const goodbye = { jsonrpc: '2.0', method: 'exit' } as Message;

/** The library's own would end the process, with the ledger unwritten and checks still running. */
const idleWatchDog: WatchDog = { initialize() {}, shutdownReceived: false, exit() {} };

export interface StreamConnection {
  readonly wire: Wire;
  /** Begins to read; every handler must be registered by then. */
  listen(): void;
  /** Nothing more is read: that counts as `exit`. */
  end(): void;
}

/** `log` gets what the library has to say, without the messages that it adds: those may hold code. */
export function connectStreams(input: Readable, output: Writable, log: (line: string) => void): StreamConnection {
  const ahead = new ChangesAhead();
  const reader = new LenientMessageReader(input, goodbye, (message) => ahead.read(message));
  const writer = new StreamMessageWriter(output);
  const brief = (text: string) => log(text.split('\n', 1)[0]!.slice(0, 200));
  const transport = createProtocolConnection(reader, writer, { error: brief, warn: brief, info: brief, log: brief });
  const connection = createConnection(() => transport, idleWatchDog);
  reader.onError((error) => {
    const answer = { jsonrpc: '2.0', id: null, error: { code: ErrorCodes.ParseError, message: error.message } };
    writer.write(answer as Message).catch(() => undefined);
  });
  // A pipe that the editor closed: there is nobody left to answer.
  transport.onClose(() => reader.end());
  output.on('error', () => reader.end());
  return { wire: wireOf(connection, ahead), listen: () => connection.listen(), end: () => reader.end() };
}

/**
 * By their names alone: given its types, the library answers parameters of another shape by itself, or throws at them. Its own handlers of `initialize`,
 * `shutdown` and `exit` give way to the server's, which keeps the state of the connection; and `initialize` would take `window/workDoneProgress/cancel`
 * away from it.
 */
function wireOf(connection: Connection, ahead: ChangesAhead): Wire {
  return {
    onRequest: ({ method }, handler) => void connection.onRequest(method, handler),
    onUnknownRequest: (handler) => void connection.onRequest(handler),
    onNotification: ({ method }, handler) =>
      void connection.onNotification(method, (params: unknown) => {
        ahead.handling(method, params);
        handler(params);
      }),
    sendRequest: ({ method }, params) => connection.sendRequest(method, params),
    sendNotification: ({ method }, params) => connection.sendNotification(method, params),
    hasMoreChanges: (uri) => ahead.has(uri),
  };
}
