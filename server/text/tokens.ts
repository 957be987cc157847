// Cuts a text into the tokens that a diff compares: lines, words or characters. No token ever splits a CRLF or a surrogate pair.

/** The tokens of one text. Equal tokens have equal `ids`; token i is `starts[i]`..`starts[i + 1]` in UTF-16 offsets. */
export interface Tokens {
  readonly ids: Int32Array;
  readonly starts: Int32Array;
}

/** Gives equal strings equal numbers. The two texts of a diff must share one. */
export type Intern = (token: string) => number;

export function createIntern(): Intern {
  const known = new Map<string, number>();
  return (token) => {
    const id = known.get(token) ?? known.size;
    known.set(token, id);
    return id;
  };
}

/** Lines with their line ends; only `\n` ends a line. */
export function lineTokens(text: string, intern: Intern): Tokens {
  const ids: number[] = [];
  const starts: number[] = [0];
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    ids.push(intern(text.slice(at, end)));
    starts.push(end);
    at = end;
  }
  return { ids: Int32Array.from(ids), starts: Int32Array.from(starts) };
}

const wordPattern = /\r\n|[\p{L}\p{N}\p{M}_]+|[^\S\r\n]+|./gsu;

/** Identifiers and numbers, runs of blanks, and single characters of everything else. */
export function wordTokens(text: string, intern: Intern): Tokens {
  const ids: number[] = [];
  const starts: number[] = [0];
  let at = 0;
  for (const [word] of text.matchAll(wordPattern)) {
    ids.push(intern(word));
    at += word.length;
    starts.push(at);
  }
  return { ids: Int32Array.from(ids), starts: Int32Array.from(starts) };
}

const crlf = 0x110000; // One above the last code point, so that it equals nothing else.

/** Code points, CRLF as one. */
export function charTokens(text: string): Tokens {
  const ids = new Int32Array(text.length);
  const starts = new Int32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const width = widthAt(text, at);
    ids[count] = width === 1 ? text.charCodeAt(at) : text[at] === '\r' ? crlf : text.codePointAt(at)!;
    starts[count++] = at;
    at += width;
  }
  starts[count] = text.length;
  return { ids: ids.subarray(0, count), starts: starts.subarray(0, count + 1) };
}

/** Whether a cut at `at` would split a CRLF or a surrogate pair of `text`. */
export function splitsCharacter(text: string, at: number): boolean {
  return at > 0 && at < text.length && widthAt(text, at - 1) === 2;
}

function widthAt(text: string, at: number): 1 | 2 {
  const unit = text.charCodeAt(at);
  if (unit !== 0x0d && (unit & 0xfc00) !== 0xd800) return 1;
  const next = text.charCodeAt(at + 1);
  return unit === 0x0d ? (next === 0x0a ? 2 : 1) : (next & 0xfc00) === 0xdc00 ? 2 : 1;
}
