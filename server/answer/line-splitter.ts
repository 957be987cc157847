// Cuts a stream of chunks into complete lines, wherever the chunks were cut.

/** UTF-16 units. The beginning of a line is returned exactly up to this length: each `partial` copies it. */
const exactUnits = 4096;
/** The beginning of a longer line is only copied again when it has grown by this factor, so that a line of megabytes is not copied with each chunk. */
const growthFactor = 1.1;

export class LineSplitter {
  #rest = '';
  #partial = '';

  /** The lines that `chunk` completes, without their line ends (LF or CRLF). */
  push(chunk: string): string[] {
    if (!chunk.includes('\n')) {
      this.#rest += chunk;
      return [];
    }
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop()!;
    this.#partial = '';
    return lines.map(withoutReturn);
  }

  /** What has come of the line that is not complete yet (of a very long one, most of that), without a CR at its end, which may belong to the line end. */
  get partial(): string {
    const { length } = this.#rest;
    if (length <= exactUnits || length >= this.#partial.length * growthFactor)
      this.#partial = withoutReturn(this.#rest);
    return this.#partial;
  }

  /** Blanks at the end of what has come are no part of it. */
  trimEnd(): void {
    this.#rest = this.#rest.trimEnd();
    this.#partial = '';
  }

  /** The last line, if the stream did not end with a line break. */
  finish(): string[] {
    const last = withoutReturn(this.#rest);
    this.#rest = '';
    return last === '' ? [] : [last];
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
