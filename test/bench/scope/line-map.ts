// Offsets of a text as lines, and lines as offsets.

import type { Span } from '../../../server/text/span.ts';

/** Lines are counted from 0; offsets are UTF-16. */
export class LineMap {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (const { index, 0: found } of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(index + found.length);
  }

  get count(): number {
    return this.#starts.length;
  }

  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  start(line: number): number {
    return this.#starts[line]!;
  }

  /** Where the next line begins. */
  end(line: number): number {
    return this.#starts[line + 1] ?? this.text.length;
  }

  isBlank(line: number): boolean {
    return this.text.slice(this.start(line), this.end(line)).trim() === '';
  }

  /** Its first character that is not blank. */
  cursor(line: number): number {
    const length = this.text.slice(this.start(line), this.end(line)).search(/\S/);
    return this.start(line) + Math.max(length, 0);
  }

  /** The lines of the first and the last visible character of a span. */
  linesOf({ from, to }: Span): Lines {
    const text = this.text.slice(from, to);
    const before = text.length - text.trimStart().length;
    const first = this.lineOf(from + (before === text.length ? 0 : before));
    return { first, last: Math.max(first, this.lineOf(Math.max(from + text.trimEnd().length - 1, from))) };
  }
}

export interface Lines {
  readonly first: number;
  readonly last: number;
}
