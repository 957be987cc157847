// The server on standard input and output: framing, exit, and not outliving the editor. Owns vscode-jsonrpc's connection.

import { createMessageConnection, type Message, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { LenientMessageReader } from './message-reader.ts';
import type { Wire } from './wire.ts';

/** How often we look whether the process that started us is alive; what vscode-languageserver does. */
const parentCheckMs = 3000;
/** JSON-RPC: what could not be read as a message. */
const parseError = -32700;

export interface Stdio {
  readonly wire: Wire;
  /** Begins to read; every handler must be registered by then. */
  listen(): void;
  exit(code: 0 | 1): void;
  watchParent(processId: number): void;
  log(line: string): void;
}

/** `onGone` runs once when the editor is gone without `exit`; the process ends when it resolves. */
export function openStdio(onGone: () => Promise<void>): Stdio {
  const reader = new LenientMessageReader(process.stdin);
  const writer = new StreamMessageWriter(process.stdout);
  const log = (line: string) => console.error(`quickhand: ${line}`);
  // The library adds whole messages to what it says, and those may hold code.
  const brief = (text: string) => log(text.split('\n', 1)[0]!.slice(0, 200));
  const connection = createMessageConnection(reader, writer, { error: brief, warn: brief, info: brief, log: brief });
  let isLeaving = false;
  const leave = async () => {
    if (isLeaving) return;
    isLeaving = true;
    await onGone().catch(() => undefined);
    process.exit(1);
  };
  reader.onError((error) => {
    const answer = { jsonrpc: '2.0', id: null, error: { code: parseError, message: error.message } };
    writer.write(answer as Message).catch(() => undefined);
  });
  connection.onClose(() => void leave());
  // A pipe that the editor closed: there is nobody left to answer.
  process.stdout.on('error', () => void leave());
  return {
    wire: connection,
    listen: () => connection.listen(),
    exit: (code) => process.exit(code),
    watchParent: (processId) => void setInterval(() => isAlive(processId) || void leave(), parentCheckMs).unref(),
    log,
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
