// Lines from a stream of bytes, without ever holding more of it than a line may have.

/** A line of ours has under 4 KB (see `lineOf`). */
const maxBytes = 16_384;

/** A line, or undefined for one that is longer than any of ours. */
export type Line = string | undefined;

/** Cuts bytes into lines, whatever pieces they come in. Empty lines are left out. */
export class LineCutter {
  /** Pieces of the line that has begun, and their bytes. */
  #begun: Buffer[] = [];
  #bytes = 0;

  /** The lines that end in this piece; its bytes may be used for something else afterwards. */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
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

  /** The line that has no end. */
  finish(): Line[] {
    const line = this.#take();
    return line === '' ? [] : [line];
  }

  #take(): Line {
    const line = this.#bytes > maxBytes ? undefined : Buffer.concat(this.#begun).toString('utf8');
    this.#begun = [];
    this.#bytes = 0;
    return line;
  }

  /** Of a line that is too long only the length is kept. */
  #keep(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#bytes > maxBytes) this.#begun = [];
    else if (piece.length > 0) this.#begun.push(Buffer.from(piece));
  }
}
