// Cuts a stream of chunks into complete lines, wherever the chunks were cut.

export class LineSplitter {
  private rest = '';

  /** The lines that `chunk` completes, without their line ends (LF or CRLF). */
  push(chunk: string): string[] {
    if (!chunk.includes('\n')) {
      this.rest += chunk;
      return [];
    }
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop()!;
    return lines.map(withoutReturn);
  }

  /** What has come of the line that is not complete yet; a return at its end may belong to the line end. */
  get partial(): string {
    return withoutReturn(this.rest);
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
