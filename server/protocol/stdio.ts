// The server on standard input and output: framing, exit, and not outliving the editor. Owns vscode-jsonrpc's connection.

import { createMessageConnection, type Message, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { shownLine } from '../text/shown.ts';
import { createLeave, leaveOnSignals } from './leaving.ts';
import { LenientMessageReader } from './message-reader.ts';
import type { Wire } from './wire.ts';

/** How often we look whether the process that started us is alive; what vscode-languageserver does. */
const parentCheckMs = 3000;
/** UTF-16 units: where something broke fits. */
const maxLogLine = 1000;
/** JSON-RPC: what could not be read as a message. */
const parseError = -32700;

/** The end of the input is an `exit` that nobody said: it is heard after all that was said before. */
const goodbye = { jsonrpc: '2.0', method: 'exit' } as Message;

export interface Stdio {
  readonly wire: Wire;
  /** Begins to read; every handler must be registered by then. */
  listen(): void;
  /** `after`: what should be done before, within reason. */
  exit(code: 0 | 1, after?: Promise<unknown>): void;
  watchParent(processId: number): void;
  log(line: string): void;
  /** Hears of what nobody caught, in place of the end of the process. */
  onUncaught(listener: (error: unknown) => void): void;
}

/** `onLeave` runs once before the process ends, whether the editor said `exit`, is gone, or a signal came; the process ends when it resolves, or soon after. */
export function openStdio(onLeave: () => Promise<unknown>): Stdio {
  const reader = new LenientMessageReader(process.stdin, goodbye);
  const writer = new StreamMessageWriter(process.stdout);
  const log = (line: string) => console.error(`quickhand: ${shownLine(line, maxLogLine)}`);
  // The library adds whole messages to what it says, and those may hold code.
  const brief = (text: string) => log(text.split('\n', 1)[0]!.slice(0, 200));
  const connection = createMessageConnection(reader, writer, { error: brief, warn: brief, info: brief, log: brief });
  let unfinished: Promise<unknown> = Promise.resolve();
  const leave = createLeave(() => unfinished.then(onLeave));
  leaveOnSignals(leave);
  reader.onError((error) => {
    const answer = { jsonrpc: '2.0', id: null, error: { code: parseError, message: error.message } };
    writer.write(answer as Message).catch(() => undefined);
  });
  // A pipe that the editor closed: there is nobody left to answer.
  connection.onClose(() => reader.end());
  process.stdout.on('error', () => reader.end());
  return {
    wire: connection,
    listen: () => connection.listen(),
    exit(code, after = Promise.resolve()) {
      // The answers to what was finished come first.
      unfinished = after.then(() => new Promise(setImmediate));
      leave(code);
    },
    watchParent: (processId) => void setInterval(() => isAlive(processId) || reader.end(), parentCheckMs).unref(),
    log,
    onUncaught(listener) {
      process.on('uncaughtException', listener);
      process.on('unhandledRejection', listener);
    },
  };
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // No permission to signal it means that it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
