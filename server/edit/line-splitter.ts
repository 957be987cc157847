// Cuts a stream of chunks into complete lines, wherever the chunks were cut.

/** Up to so many UTF-16 units of a line are looked at with every chunk: each look copies them. */
const SHORT = 4096;
/** A longer line is looked at again when it is so many times as long. */
const GROWN = 1.1;

export class LineSplitter {
  private rest = '';
  private looked = '';

  /** The lines that `chunk` completes, without their line ends (LF or CRLF). */
  push(chunk: string): string[] {
    if (!chunk.includes('\n')) {
      this.rest += chunk;
      return [];
    }
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop()!;
    this.looked = '';
    return lines.map(withoutReturn);
  }

  /** What has come of the line that is not complete yet, or of a very long one most of that; a return at its end may belong to the line end. */
  get partial(): string {
    const { length } = this.rest;
    if (length <= SHORT || length >= this.looked.length * GROWN) this.looked = withoutReturn(this.rest);
    return this.looked;
  }

  /** The last line, if the stream did not end with a line break. */
  finish(): string[] {
    const last = withoutReturn(this.rest);
    this.rest = '';
    return last === '' ? [] : [last];
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
