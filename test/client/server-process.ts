// What a test sees of a server: its streams, its end, and a way to kill it.

import type { Readable, Writable } from 'node:stream';

/** A child process, or what plays one. */
export interface ServerProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  on(event: 'close', listener: (code: number | null) => void): unknown;
  once(event: 'close', listener: (code: number | null) => void): unknown;
  kill(signal?: NodeJS.Signals): boolean;
}
