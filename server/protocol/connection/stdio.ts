// The server on standard input and output: exit, and not outliving the editor.

import { printableLine } from '../../text/printable.ts';
import { createLeave, leaveOnSignals } from './leaving.ts';
import { connectStreams } from './streams.ts';
import type { Wire } from './wire.ts';

/** How often we look whether the process that started us is alive; as often as vscode-languageserver does. */
const parentCheckMs = 3000;
/** UTF-16 units: where something broke fits. */
const maxLogLine = 1000;

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
  const log = (line: string) => console.error(`quickhand: ${printableLine(line, maxLogLine)}`);
  const { wire, listen, end } = connectStreams(process.stdin, process.stdout, log);
  let unfinished: Promise<unknown> = Promise.resolve();
  const leave = createLeave(() => unfinished.then(onLeave));
  leaveOnSignals(leave);
  return {
    wire,
    listen,
    exit(code, after = Promise.resolve()) {
      // The answers to what was finished come first.
      unfinished = after.then(() => new Promise(setImmediate));
      leave(code);
    },
    watchParent: (processId) => void setInterval(() => isAlive(processId) || end(), parentCheckMs).unref(),
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
