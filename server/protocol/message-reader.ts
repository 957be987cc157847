// Frames of the base protocol from a byte stream. Unlike the library's reader it survives malformed headers: it looks for the next good one.

import { AbstractMessageReader, type DataCallback, type Disposable, type Message } from 'vscode-jsonrpc/node';

/** Where a header block that we can use begins; what stands before it is skipped. */
const header = /Content-Length: *(\d+)\r\n(?:[\w-]+:[^\r\n]*\r\n)*\r\n/i;
/** A header block is never longer than this; more bytes without one are garbage. */
const maxHeaderBytes = 4096;
/** Messages beyond this are refused rather than buffered: documents are a few MB at most. */
const maxBodyBytes = 256 * 1024 * 1024;

/** Errors are told to `onError` once for each run of garbage; the stream goes on. `last` is the message that it ends with, once. */
export class LenientMessageReader extends AbstractMessageReader {
  readonly #input: NodeJS.ReadableStream;
  readonly #last: Message;
  #buffer: Buffer = Buffer.alloc(0);
  /** Chunks behind `#buffer`, joined only when the body is whole: large messages come in many. */
  #behind: Buffer[] = [];
  #wanted = 0;
  #behindBytes = 0;
  #callback: DataCallback | undefined;

  constructor(input: NodeJS.ReadableStream, last: Message) {
    super();
    this.#input = input;
    this.#last = last;
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

  /** Takes one message off the buffer. False if it is not whole yet. */
  #message(callback: DataCallback): boolean {
    const text = this.#buffer.toString('latin1', 0, maxHeaderBytes);
    const found = header.exec(text);
    if (!found) return this.#skipGarbage(text);
    const length = Number(found[1]);
    const from = found.index + found[0].length;
    if (found.index > 0) this.#complain(`skipped ${found.index} bytes that are no message`);
    if (length > maxBodyBytes) {
      this.#complain(`a message of ${length} bytes is too large`);
      this.#buffer = this.#buffer.subarray(from);
      return true;
    }
    if (this.#buffer.length < from + length) {
      this.#buffer = this.#buffer.subarray(found.index);
      this.#wanted = from - found.index + length;
      return false;
    }
    const body = this.#buffer.subarray(from, from + length);
    this.#buffer = this.#buffer.subarray(from + length);
    this.#parse(body, callback);
    return true;
  }

  #skipGarbage(text: string): boolean {
    // Half a good header may be at the end; anything that already ended without one is garbage.
    const end = text.lastIndexOf('\r\n\r\n');
    const bytes = end >= 0 ? end + 4 : text.length >= maxHeaderBytes ? maxHeaderBytes - 256 : 0;
    if (bytes === 0) return false;
    this.#complain(`skipped ${bytes} bytes that are no message: a header must hold Content-Length`);
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
    if (!cancelsNothing(message)) callback(message as Message);
  }

  #complain(problem: string): void {
    this.fireError(new Error(problem));
  }
}

/** A `$/cancelRequest` without an id: vscode-jsonrpc would throw at it, and the process with it. */
function cancelsNothing(message: object): boolean {
  const { method, params } = message as { method?: unknown; params?: { id?: unknown } | null };
  return method === '$/cancelRequest' && !['string', 'number'].includes(typeof params?.id);
}
