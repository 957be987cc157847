// Splits a stream of bytes into lines of bounded length.

/** A line of the ledger has under 4 KB (see `jsonLineOf`). */
const maxBytes = 16_384;

/** A line, or undefined for one that is longer than any line of the ledger. */
export type BoundedLine = string | undefined;

/** Splits bytes into lines, however they are chunked. Empty lines are left out. */
export class BoundedLineSplitter {
  /** Chunks of the line that has begun, and their bytes. */
  #begun: Buffer[] = [];
  #bytes = 0;

  /** The lines that end in this chunk; its memory may be reused afterwards. */
  push(chunk: Buffer): BoundedLine[] {
    const lines: BoundedLine[] = [];
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      const isWhole = this.#bytes === 0 && to - from <= maxBytes;
      if (!isWhole) this.#keep(chunk.subarray(from, to));
      const line = isWhole ? chunk.toString('utf8', from, to) : this.#take();
      if (line !== '') lines.push(line);
      from = to + 1;
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  /** The last line, where it has no line break. */
  finish(): BoundedLine[] {
    const line = this.#take();
    return line === '' ? [] : [line];
  }

  #take(): BoundedLine {
    const line = this.#bytes > maxBytes ? undefined : Buffer.concat(this.#begun).toString('utf8');
    this.#begun = [];
    this.#bytes = 0;
    return line;
  }

  /** Of a line that is too long, only the length is kept. */
  #keep(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#bytes > maxBytes) this.#begun = [];
    else if (piece.length > 0) this.#begun.push(Buffer.from(piece));
  }
}
