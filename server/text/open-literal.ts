// Which lines of some code begin inside a literal: their white space is part of what the code does. A guess without a grammar, by what most languages agree on.

/** What may begin a literal of several lines, and what hides such beginnings: escapes, strings that end on their line, comments. */
const token = /\\.|"""|'''|\br#+"|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`|\/\/.*|(?<!\S)#(?=[ !]).*/g;

/** Follows code line by line. */
export class OpenLiteral {
  /** What ends the literal that the next line begins in. */
  #close: string | undefined;
  #isDocstring = false;

  /** Whether the next line begins inside a literal. A docstring is none: it moves with its code. */
  get isOpen(): boolean {
    return this.#close !== undefined && !this.#isDocstring;
  }

  /** Whether the next line begins inside a literal or a docstring. */
  get isInside(): boolean {
    return this.#close !== undefined;
  }

  push(line: string): void {
    // The inner lines of a block comment: a backtick in them begins nothing.
    if (this.#close === undefined && /^\s*\*/.test(line)) return;
    for (let at: number | undefined = 0; at !== undefined; )
      at = this.#close === undefined ? this.#open(line, at) : this.#end(line, at, this.#close);
  }

  /** Looks for the beginning of a literal from `from` on; the offset behind it, or undefined if there is none. */
  #open(line: string, from: number): number | undefined {
    token.lastIndex = from;
    for (let found = token.exec(line); found; found = token.exec(line)) {
      const [opener] = found;
      this.#close = closing(opener);
      if (this.#close === undefined) continue;
      this.#isDocstring = opener.length === 3 && line.slice(0, found.index).trim() === '';
      return token.lastIndex;
    }
    return undefined;
  }

  /** Likewise for its end. */
  #end(line: string, from: number, close: string): number | undefined {
    for (let at = from; at < line.length; at++) {
      if (line[at] === '\\' && !close.endsWith('#')) at++;
      else if (line.startsWith(close, at)) {
        this.#close = undefined;
        return at + close.length;
      }
    }
    return undefined;
  }
}

function closing(opener: string): string | undefined {
  if (/^(?:`|"""|''')$/.test(opener)) return opener;
  return /^r#+"$/.test(opener) ? `"${opener.slice(1, -1)}` : undefined;
}
