// The only way to the terminal: what would be obeyed there and is not ours becomes visible.

import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import { printable } from '../text/printable.ts';

/** Nobody else can know it, so nobody's text can pretend to be a sequence of ours. */
const secret = randomBytes(9).toString('base64url');
const sequences = new RegExp(`\\u0000${secret}\\[([\\d;?]*[A-Za-z])\\u0000`);

/** `CSI n m` and the like, to be written through a {@link Screen}: `control('1m')`. */
export function control(sequence: string): string {
  return `\0${secret}[${sequence}\0`;
}

/** As the terminal gets it. */
export function onTerminal(text: string): string {
  // Every second part is the inside of a sequence.
  return text
    .split(sequences)
    .map((part, i) => (i % 2 === 1 ? `\x1b[${part}` : printable(part, Number.POSITIVE_INFINITY)))
    .join('');
}

/** Standard output or error as the process has it; commands write through a {@link Screen} alone. */
export interface ScreenOutput extends Writable {
  readonly columns?: number;
  readonly rows?: number;
}

/** What a command writes to. */
export interface Screen {
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** Words for people. */
  write(text: string): void;
  /** For a program that reads it: not a character is changed. */
  writeData(data: string): void;
}

export function screenOn(stream: ScreenOutput): Screen {
  return {
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
    write: (text) => void stream.write(onTerminal(text)),
    writeData: (data) => void stream.write(data),
  };
}
