// Makes a stranger's Markdown inert, piece by piece as it comes: no HTML, no links, no images, no formulas. Code stays as it is.
//
// It is no parser of Markdown: it only has to know where a renderer is certain to see code. Everywhere else the characters that begin something active
// are escaped, so that being wrong about anything costs a stray `&lt;` in code and nothing else.

import { shown } from './shown.ts';

interface Fence {
  readonly mark: string;
  /** Spaces before it, at most 3. */
  readonly indent: number;
}

/**
 * How much is known of where code begins. topOnly: a fence may be open inside a list or a quote; one at the margin closes those and begins anew.
 * never: it is not known whether a fence is open at all, so that nothing is taken for code any more.
 */
type Certainty = 'certain' | 'topOnly' | 'never';

/** UTF-16 units that a beginning of a line, or a span of code, may have: what is longer is looked at once and trusted with nothing. */
const maxLookedAt = 1000;

/** What may stand before a fence: indentation, and the marks of lists, quotes and definitions. */
const container = '[ \\t>*+\\-\\d.):]*';
const fenceLike = new RegExp(`^${container}(\`{3,}|~{3,})(.*)$`);
/** A line that may still become one of those, or front matter. */
const mayBecomeFence = new RegExp(`^${container}(?:\`{0,2}|~{0,2})$`);

/** `push` returns what can be shown by now; `finish` the rest. The same whatever the pieces are, but for an emoji that is cut in two. */
export class InertMarkdown {
  /** Of the present line, as far as it is not out. */
  #rest = '';
  /** What may be half of a character or of a line end. */
  #half = '';
  /** Whether the beginning of the present line is out. */
  #isWithin = false;
  #isFirstLine = true;
  #fence: Fence | undefined;
  #certainty: Certainty = 'certain';
  /** A span of code may have begun in an earlier line of this paragraph. */
  #isTainted = false;

  push(chunk: string): string {
    const text = this.#half + chunk;
    this.#half = /(?:[\ud800-\udbff\r]|\u200d|.(?:\u200d|\ufe0f))$/su.exec(text)?.[0] ?? '';
    return this.#take(text.slice(0, text.length - this.#half.length));
  }

  /** Closes a block of code that was left open. */
  finish(): string {
    const said = this.#take(this.#half) + this.#line(this.#rest);
    return this.#fence ? `${said}\n${' '.repeat(this.#fence.indent)}${this.#fence.mark}` : said;
  }

  #take(text: string): string {
    const visible = shown(text.replace(/\r\n?/g, '\n'), Number.POSITIVE_INFINITY);
    const lines = visible.split('\n');
    const last = lines.pop()!;
    let said = '';
    for (const line of lines) {
      said += `${this.#line(this.#rest + line)}\n`;
      this.#rest = '';
    }
    this.#rest += last;
    return said + this.#part();
  }

  /** The rest of a line that is whole. */
  #line(line: string): string {
    const isStart = !this.#isWithin;
    this.#isWithin = false;
    const said = isStart ? this.#wholeLine(line) : this.#text(line, true).said;
    this.#isFirstLine = false;
    return said;
  }

  #wholeLine(line: string): string {
    // Front matter would hide what follows from us.
    if (this.#isFirstLine && /^(?:-{3,}|\+{3,})[ \t]*$/.test(line)) return '***';
    if (this.#fence) return this.#codeLine(line, this.#fence);
    if (/^[ \t]*$/.test(line)) this.#isTainted = false;
    return this.#opens(line) ?? this.#text(line, true).said;
  }

  /** The opening line of a block of code, without what extensions of editors would run by; undefined if the line is none. */
  #opens(line: string): string | undefined {
    const [, mark = '', info = ''] = fenceLike.exec(line) ?? [];
    const isTooLong = line.length > maxLookedAt && (mark !== '' || mayBecomeFence.test(line.slice(0, maxLookedAt + 1)));
    if (isTooLong) this.#certainty = 'never';
    if (mark === '' || isTooLong || (mark.startsWith('`') && info.includes('`'))) return undefined;
    const indent = /^ {0,3}(?=[`~])/.exec(line)?.[0];
    const isKnown =
      indent !== undefined && (this.#certainty === 'certain' || (this.#certainty === 'topOnly' && indent === ''));
    if (!isKnown) {
      if (this.#certainty === 'certain') this.#certainty = 'topOnly';
      return undefined;
    }
    this.#certainty = 'certain';
    this.#isTainted = false;
    this.#fence = { mark, indent: indent.length };
    return `${indent}${mark}${/^[ \t]*[\w+#.-]{1,40}/.exec(info)?.[0] ?? ''}`;
  }

  /** A line while a block of code is open: in it, its end, or where nobody knows. */
  #codeLine(line: string, { mark, indent }: Fence): string {
    const before = /^[ \t]*/.exec(line)![0];
    if (before === line) return line;
    const [run = ''] = /^(?:`+|~+)(?=[ \t]*$)/.exec(line.slice(before.length)) ?? [];
    const mayEnd = run.length >= mark.length && run[0] === mark[0];
    const depth = before.includes('\t') ? Number.NaN : before.length;
    const isEnd = mayEnd && (indent === 0 ? depth <= 3 : depth === indent);
    const isCode = mayEnd ? depth > indent + 3 : indent === 0 || depth >= indent || Number.isNaN(depth);
    if (isEnd) this.#fence = undefined;
    if (isEnd || isCode) return line;
    // A list that it stands in may have ended with this line, and the code with it; or this is its end after all.
    this.#certainty = 'never';
    this.#fence = undefined;
    return this.#text(line, true).said;
  }

  /** What is certain of a line that is not whole. */
  #part(): string {
    if (this.#rest === '' || this.#fence) return '';
    if (!this.#isWithin) {
      const looked = this.#rest.slice(0, maxLookedAt + 1);
      const mayOpen = mayBecomeFence.test(looked) || fenceLike.test(looked);
      if (mayOpen && looked.length <= maxLookedAt) return '';
      if (mayOpen) this.#certainty = 'never';
    }
    const { said, length } = this.#text(this.#rest, false);
    if (length > 0) this.#isWithin = true;
    this.#rest = this.#rest.slice(length);
    return said;
  }

  /** Text outside of blocks of code, up to where it depends on what comes, unless the line is whole. `length`: how much of it was read. */
  #text(text: string, isWhole: boolean): { said: string; length: number } {
    let said = '';
    let at = 0;
    while (at < text.length) {
      const [token] = /^(?:`+|\\[\s\S]?|[^`\\]+)/.exec(text.slice(at))!;
      const end = at + token.length;
      const mayGrow = !isWhole && end === text.length && /^[`\\]/.test(token) && !/^\\./s.test(token);
      if (mayGrow) break;
      if (token[0] !== '`' || this.#isTainted) {
        said += escaped(token);
        at = end;
        continue;
      }
      const close = closing(text, { from: end, mark: token, isWhole });
      if (close === undefined && !isWhole && text.length - end <= maxLookedAt) break;
      if (close === undefined) {
        this.#isTainted = true;
        continue;
      }
      const code = text.slice(at, close);
      // A table is cut into cells before anybody looks for code.
      said += code.includes('|') ? escaped(code) : code;
      at = close;
    }
    return { said, length: at };
  }
}

/** A whole text at once. */
export function inertMarkdown(text: string): string {
  const inert = new InertMarkdown();
  return inert.push(text) + inert.finish();
}

/** Where a span of code ends that was opened with `mark`: behind a run of as many backticks. */
function closing(
  text: string,
  { from, mark, isWhole }: { from: number; mark: string; isWhole: boolean },
): number | undefined {
  for (const { 0: run, index } of text.slice(from, from + maxLookedAt + 1).matchAll(/`+/g)) {
    const end = from + index + run.length;
    if (end - from > maxLookedAt) break;
    if (run.length === mark.length && (isWhole || end < text.length)) return end;
  }
  return undefined;
}

/** What begins HTML, a link, an image or a formula, so that it does not. Before a backslash everything stays as it is: it is escaped already. */
function escaped(token: string): string {
  if (token === '\\<') return '&lt;';
  return token.startsWith('\\') ? token : token.replaceAll('<', '&lt;').replace(/[[$]/g, '\\$&');
}
