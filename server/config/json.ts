// Reads JSON and says where a fault is. The messages never quote the text: a configuration may hold what nobody should see.

/** The value, or what is wrong and where (1-based line and column, in UTF-16 units). */
export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

export function readJson(text: string): JsonResult {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch {
    const { at, message } = findFault(json);
    const before = json.slice(0, at).split('\n');
    return { ok: false, message, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

class JsonFault extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** JSON.parse in Node 20 does not always say where it failed, and quotes the text; so the grammar is walked once more. */
function findFault(text: string): { at: number; message: string } {
  try {
    new Walk(text).document();
  } catch (error) {
    if (error instanceof JsonFault) return { at: error.at, message: error.message };
    if (!(error instanceof RangeError)) throw error;
  }
  return { at: 0, message: 'not JSON' };
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters in strings.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** The walk recurses. */
const maxDepth = 1000;

class Walk {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('expected the end of the file');
  }

  #value(): void {
    this.#space();
    const c = this.#text[this.#at];
    if (c === '{') this.#members('}', () => this.#member());
    else if (c === '[') this.#members(']', () => this.#value());
    else if (c === '"') this.#string();
    else if (!this.#take(LITERAL)) this.#fail('expected a value');
  }

  #members(close: string, one: () => void): void {
    if (++this.#depth > maxDepth) this.#fail(`nested more than ${maxDepth} deep`);
    this.#at++;
    this.#space();
    if (this.#eat(close)) return void this.#depth--;
    do {
      this.#space();
      if (this.#text[this.#at] === close) this.#fail(`a comma too many before ${close}`);
      one();
      this.#space();
    } while (this.#eat(','));
    if (!this.#eat(close)) this.#fail(`expected a comma or ${close}`);
    this.#depth--;
  }

  #member(): void {
    if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes');
    this.#string();
    this.#space();
    if (!this.#eat(':')) this.#fail('expected a colon');
    this.#value();
  }

  #string(): void {
    if (!this.#take(STRING)) this.#fail('a string that does not end in its line, or holds a wrong escape');
  }

  #space(): void {
    this.#take(/[ \t\r\n]*/y);
  }

  #eat(c: string): boolean {
    if (this.#text[this.#at] !== c) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found !== null;
  }

  #fail(message: string): never {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    if (rest === '//' || rest === '/*' || rest[0] === '#') throw new JsonFault(this.#at, 'JSON has no comments');
    if (rest === '') throw new JsonFault(this.#at, `the file ends too early: ${message}`);
    if (rest[0] === "'") throw new JsonFault(this.#at, 'strings take double quotes');
    throw new JsonFault(this.#at, message);
  }
}
