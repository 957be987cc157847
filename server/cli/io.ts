// What a command may touch of the world outside, and how it says that something is wrong.

import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Readable, Writable } from 'node:stream';
import { getSystemErrorMap } from 'node:util';
import { messageOf } from '../errors.ts';
import type { Screen, ScreenOutput } from './screen.ts';

export interface CliIo {
  readonly stdin: Readable;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Whether stdout is a terminal. */
  readonly isTTY: boolean;
  /** The program itself, to be started with `--stdio` as the server. */
  readonly script: string;
  /** Node's own flags for it. */
  readonly nodeFlags: readonly string[];
  /** Aborted by Ctrl-C and the like; the reason is the exit status. */
  readonly interrupted: AbortSignal;
}

/** What a command is run with. */
export interface CliOptions extends Omit<CliIo, 'interrupted' | 'stdout' | 'stderr'> {
  readonly stdout: ScreenOutput;
  readonly stderr: ScreenOutput;
}

/** One command. Resolves with the exit status; throws CliError. */
export type CliCommand = (args: string[], io: CliIo) => Promise<number>;

/** What goes to stderr. Exit status 1: it did not work out; 2: it was called wrongly, and `hint` says how to do it right. */
export class CliError extends Error {
  readonly status: 1 | 2;
  readonly hint: string | undefined;

  constructor(status: 1 | 2, message: string, hint?: string) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

export function usageError(message: string, hint: string): CliError {
  return new CliError(2, message, hint);
}

/** Exit status of a command that Ctrl-C ended: 128 + SIGINT. */
export const interruptedStatus = 130;
/** The same when nobody reads the output any more: 128 + SIGPIPE. */
export const readerGone = 141;

/** The system's words for what went wrong with a file, without its path: `no space left on device`. */
export function systemWords(error: unknown): string {
  const { errno } = error as NodeJS.ErrnoException;
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? messageOf(error);
}

/**
 * Standard output or error as a command writes to it. Where that is a file, Node's own stream does not notice when only a part of what is written has
 * fitted; this one does.
 */
export function outputOn(stream: NodeJS.WriteStream & { readonly fd: 1 | 2 }): ScreenOutput {
  const { fd } = stream;
  const isFile = !stream.isTTY && !(stream instanceof Socket);
  return isFile ? new Writable({ write: (chunk: Buffer, _encoding, done) => done(writeAll(fd, chunk)) }) : stream;
}

/** What went wrong, or null. */
function writeAll(descriptor: number, bytes: Buffer): Error | null {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    return null;
  } catch (error) {
    return error as Error;
  }
}
