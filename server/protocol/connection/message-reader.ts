// Frames of the base protocol from a byte stream. Unlike the library's reader it goes on after a malformed header: it looks for the next good one.

import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-languageserver-protocol/node';
import { readHeader } from './message-header.ts';

const headerEnd = '\r\n\r\n';
/** A longer header is garbage, in bytes; so is what has no end of a header in so many. */
const maxHeaderBytes = 64 * 1024;
/** Messages beyond this are refused rather than buffered: documents are a few MB at most. */
const maxBodyBytes = 256 * 1024 * 1024;

/**
 * What can't be read is told to `onError`, a run of garbage once; the stream goes on. `last` is the message that it ends with, once. `onMessage` hears of each
 * before whoever reads: those may put it into a queue.
 */
export class LenientMessageReader extends AbstractMessageReader {
  readonly #input: NodeJS.ReadableStream;
  readonly #last: Message;
  readonly #onMessage: (message: object) => void;
  #buffer: Buffer = Buffer.alloc(0);
  /** Chunks behind `#buffer`, joined only when the body is whole: large messages come in many. */
  #behind: Buffer[] = [];
  #wanted = 0;
  #behindBytes = 0;
  /** Bytes were skipped since the last good header; that was told already. */
  #isSkipping = false;
  #callback: DataCallback | undefined;

  constructor(input: NodeJS.ReadableStream, last: Message, onMessage: (message: object) => void = () => {}) {
    super();
    this.#input = input;
    this.#last = last;
    this.#onMessage = onMessage;
  }

  listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    const onData = (chunk: Buffer) => this.#received(chunk, callback);
    const onEnd = () => this.end();
    this.#input.on('data', onData).on('end', onEnd).on('close', onEnd);
    return { dispose: () => void this.#input.off('data', onData).off('end', onEnd).off('close', onEnd) };
  }

  /** Nothing more will be read, or nobody would hear the answer. */
  end(): void {
    this.#callback?.(this.#last);
    this.#callback = undefined;
  }

  #received(chunk: Buffer, callback: DataCallback): void {
    this.#behind.push(chunk);
    this.#behindBytes += chunk.length;
    if (this.#buffer.length + this.#behindBytes < this.#wanted) return;
    this.#buffer = Buffer.concat([this.#buffer, ...this.#behind]);
    this.#behind = [];
    this.#behindBytes = 0;
    this.#wanted = 0;
    while (this.#message(callback));
  }

  /** Takes one message, or bytes that are none, off the buffer. False if it is not whole yet. */
  #message(callback: DataCallback): boolean {
    const end = this.#buffer.subarray(0, maxHeaderBytes).indexOf(headerEnd);
    if (end < 0) return this.#skipUnended();
    const from = end + headerEnd.length;
    const header = readHeader(this.#buffer.toString('latin1', 0, end));
    if (!header) return this.#skip(from, 'a header must hold Content-Length');
    const { start, length, charset } = header;
    if (start > 0) this.#complainOnce(`skipped ${start} bytes that are no message`);
    if (length > maxBodyBytes) return this.#skip(from, `${length} bytes are too many`);
    if (this.#buffer.length < from + length) {
      this.#wanted = from + length;
      return false;
    }
    const body = this.#buffer.subarray(from, from + length);
    this.#buffer = this.#buffer.subarray(from + length);
    this.#isSkipping = false;
    if (charset === 'utf-8') this.#parse(body, callback);
    else this.#complain(`the charset ${charset} is not supported: a message must be UTF-8`);
    return true;
  }

  /** There is no end of a header: either it is still to come, or nothing here is one. The end of the bytes may be the beginning of a good one. */
  #skipUnended(): boolean {
    if (this.#buffer.length < maxHeaderBytes) return false;
    return this.#skip(maxHeaderBytes / 2, 'a header must end with an empty line');
  }

  #skip(bytes: number, why: string): boolean {
    this.#complainOnce(`skipped ${bytes} bytes that are no message: ${why}`);
    this.#buffer = this.#buffer.subarray(bytes);
    return this.#buffer.length > 0;
  }

  #parse(body: Buffer, callback: DataCallback): void {
    let message: unknown;
    try {
      message = JSON.parse(body.toString('utf8'));
    } catch {
      return this.#complain('a message is not JSON');
    }
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      return this.#complain('a message is not a JSON-RPC object');
    }
    if (cancelsNothing(message)) return;
    this.#onMessage(message);
    callback(message as Message);
  }

  /** Once for all that is skipped before the next good header. */
  #complainOnce(problem: string): void {
    if (!this.#isSkipping) this.#complain(problem);
    this.#isSkipping = true;
  }

  #complain(problem: string): void {
    this.fireError(new Error(problem));
  }
}

/** A `$/cancelRequest` without an id: the library would throw at it, and the process with it. */
function cancelsNothing(message: object): boolean {
  const { method, params } = message as { method?: unknown; params?: { id?: unknown } | null };
  return method === '$/cancelRequest' && !['string', 'number'].includes(typeof params?.id);
}
