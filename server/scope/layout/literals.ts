// What of a text is no code, told without a grammar: strings, comments, here-documents. A guess by what most languages agree on.

/** How a text is read. No single way is right for all languages, so a text is read in several. */
export interface Lexis {
  /** What a `'` is: the beginning of a string, of one character, or nothing. A `"` begins a string unless it is `none`. */
  readonly quotes: 'strings' | 'characters' | 'none';
  /** Whether comments, here-documents and strings of several lines are left out. */
  readonly comments: boolean;
}

/** A literal, or a character outside of them that may be a bracket or a quote. */
interface Token {
  readonly from: number;
  readonly to: number;
  /** Where the line begins that holds `from`. */
  readonly lineFrom: number;
  /** Undefined for a literal. */
  readonly char?: string;
}

/** What may begin a literal or is a bracket, and what changes the line or hides the next character. */
const special = /["'/#;%<={_()[\]}\-\\\n]/g;

/** What of it may begin a literal. */
const begins = new Set('"\'/#;%<={_-');

/** The literals, brackets and quotes of a text, in order, in UTF-16 offsets. The time for a whole text grows with its length. */
export function* literalTokens(text: string, lexis: Lexis): Generator<Token> {
  const literals = new Literals(text, lexis);
  const next = new RegExp(special);
  let lineFrom = 0;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const { index: from } = found;
    const char = found[0];
    if (char === '\n') lineFrom = from + 1;
    else if (char === '\\') next.lastIndex = text[from + 1] === '\n' ? from + 1 : from + 2;
    else {
      const to = begins.has(char) ? literals.end(from, lineFrom) : undefined;
      yield to === undefined ? { from, to: from + 1, lineFrom, char } : { from, to, lineFrom };
      if (to === undefined) continue;
      const lastBreak = text.slice(from, to).lastIndexOf('\n');
      if (lastBreak >= 0) lineFrom = from + lastBreak + 1;
      next.lastIndex = to;
    }
  }
}

/** How many searches for the end of something long may fail in one text: each costs as much as the text is long. */
const maxFailures = 20;

/** Finds literals in one text, asked from its beginning to its end. */
class Literals {
  readonly #text: string;
  readonly #reading: Lexis;
  /** Ends that were searched for and are not there. */
  readonly #missing = new Set<string>();
  /** Before here no string or pattern on this line ends. */
  readonly #unclosed: Record<string, number> = {};

  constructor(text: string, reading: Lexis) {
    this.#text = text;
    this.#reading = reading;
  }

  /** Where the literal that begins at `at` ends, in UTF-16 offsets; undefined if none begins there. `lineFrom`: where its line begins. */
  end(at: number, lineFrom: number): number | undefined {
    const { quotes, comments } = this.#reading;
    const text = this.#text;
    const char = text[at]!;
    if (comments && long[char]) {
      const found = this.#longEnd(at, lineFrom);
      if (found !== undefined) return found;
    }
    if (quotes === 'none') return undefined;
    if (char === '"') return this.#sameLine(at, '"');
    if (char === "'" && !isWord(text[at - 1])) {
      return quotes === 'strings' ? this.#sameLine(at, "'") : characterEnd(text, at);
    }
    if (char === '/' && /[(,=~:[!&|?{;]/.test(lastVisible(text, at, lineFrom)) && !/[\s*/]/.test(text[at + 1] ?? ' ')) {
      return this.#sameLine(at, '/');
    }
    return undefined;
  }

  #longEnd(at: number, lineFrom: number): number | undefined {
    const text = this.#text;
    const around = text.slice(at, at + 40);
    for (const { open, close, needsLine, needsGap } of long[text[at]!]!) {
      const [opener] = open.exec(around) ?? [];
      if (opener === undefined) continue;
      if (needsLine && lastVisible(text, at, lineFrom) !== '') continue;
      if (needsGap && at > lineFrom && !needsGap.test(text[at - 1]!)) continue;
      const end = close === '\n' ? this.#lineEnd(at) : this.#search(close(opener), at + opener.length);
      if (end !== undefined) return end;
    }
    return undefined;
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end < 0 ? this.#text.length : end;
  }

  #search(close: Close, from: number): number | undefined {
    if (this.#missing.has(close.text) || this.#missing.size > maxFailures) return undefined;
    let found = this.#text.indexOf(close.text, from);
    if (close.isLine) {
      while (found >= 0 && !isOwnLine(this.#text, found, close.text.length))
        found = this.#text.indexOf(close.text, found + 1);
    }
    if (found >= 0) return found + close.text.length;
    this.#missing.add(close.text);
    return close.orAtEnd ? this.#text.length : undefined;
  }

  /** The end of a literal that ends on its line with `quote`. */
  #sameLine(at: number, quote: string): number | undefined {
    if (at < (this.#unclosed[quote] ?? 0)) return undefined;
    const text = this.#text;
    let to = at + 1;
    for (; to < text.length && text[to] !== '\n'; to++) {
      if (text[to] === '\\') to++;
      else if (text[to] === quote) return to + 1;
    }
    this.#unclosed[quote] = to;
    return undefined;
  }
}

interface Close {
  readonly text: string;
  /** It must stand alone on its line. */
  readonly isLine?: boolean;
  /** Without it the literal reaches to the end of the text. */
  readonly orAtEnd?: boolean;
}

interface Long {
  readonly open: RegExp;
  /** `\n`: its line's end. */
  readonly close: '\n' | ((opener: string) => Close);
  /** Only blanks stand before it on its line. */
  readonly needsLine?: boolean;
  /** What must stand before it. */
  readonly needsGap?: RegExp;
}

const blank = /[ \t]/;
const fixed = (text: string) => () => ({ text });

/** By their first character. */
const long: Record<string, readonly Long[] | undefined> = {
  '/': [
    { open: /^\/\*/, close: fixed('*/'), needsGap: /[^\w*/]/ },
    { open: /^\/\//, close: '\n', needsGap: /[^:\\\w"'/]/ },
  ],
  '#': [{ open: /^#(?=[ \t\r\n!#]|$)/, close: '\n', needsGap: blank }],
  '-': [
    { open: /^--\[=*\[/, close: (opener) => ({ text: `]${opener.slice(3, -1)}]` }), needsGap: blank },
    { open: /^--+(?=[ \t\r\n|]|$)/, close: '\n', needsGap: blank },
  ],
  '{': [{ open: /^\{-(?=[ \t\r\n#|])/, close: fixed('-}') }],
  ';': [
    { open: /^;/, close: '\n', needsLine: true },
    { open: /^;;+(?=[ \t])/, close: '\n', needsGap: blank },
  ],
  '%': [{ open: /^%+(?=[ \t\r\n%]|$)/, close: '\n', needsLine: true }],
  '<': [
    { open: /^<!--/, close: fixed('-->') },
    {
      open: /^<<[-~]?\s?(["'`]?)[A-Za-z_]\w*\1/,
      close: (opener) => ({ text: /\w+/.exec(opener)![0], isLine: true }),
    },
  ],
  '"': [{ open: /^"""/, close: fixed('"""') }],
  "'": [{ open: /^'''/, close: fixed("'''") }],
  '=': [
    { open: /^=begin\b/, close: fixed('\n=end'), needsLine: true },
    {
      open: /^=(?:head\d|pod|over|item|encoding|for)\b/,
      close: () => ({ text: '\n=cut', orAtEnd: true }),
      needsLine: true,
    },
  ],
  _: [{ open: /^__(?:END|DATA)__(?=\r?\n|$)/, close: () => ({ text: '\0', orAtEnd: true }), needsLine: true }],
};

/** `'x'`, `'\n'` and the like. */
function characterEnd(text: string, at: number): number | undefined {
  const [literal] = /^'(?:[^\\'\n]|\\.[\w{}]{0,8})'/u.exec(text.slice(at, at + 14)) ?? [];
  return literal === undefined ? undefined : at + literal.length;
}

/** The last character on the line before `at` that is no blank; empty if there is none. */
function lastVisible(text: string, at: number, lineFrom: number): string {
  for (let i = at - 1; i >= Math.max(lineFrom, at - 100); i--) if (!blank.test(text[i]!)) return text[i]!;
  return at - lineFrom > 100 ? '?' : '';
}

function isOwnLine(text: string, at: number, length: number): boolean {
  let from = at;
  while (blank.test(text[from - 1] ?? '')) from--;
  return text[from - 1] === '\n' && /^[;,)]*\s*$/.test(text.slice(at + length, at + length + 5).split('\n', 1)[0]!);
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\w$)\]]/.test(char);
}
