// Makes untrusted Markdown inert, chunk by chunk as it streams in: no HTML, no links, no images, no formulas. Code stays as it is.
//
// This is not a Markdown parser: it only has to know where every renderer is certain to see code. Everywhere else the characters that begin something
// active are escaped, so that the worst that a wrong decision does is a stray `&lt;` in code.

import { printable } from './printable.ts';

interface Fence {
  readonly mark: string;
  /** Spaces before the opening fence, at most 3. */
  readonly indent: number;
}

/**
 * How much is known of where code begins. `topOnly`: a fence may be open inside a list or a quote; one without indentation closes those and begins anew.
 * `never`: it is not known whether a fence is open at all, so nothing is taken for code any more.
 */
type Certainty = 'certain' | 'topOnly' | 'never';

/**
 * UTF-16 units of a line's beginning, or of a code span, that are kept until it is known whether they open or are code; what is longer is escaped. Bounds
 * the work: each chunk looks at all that is kept.
 */
const maxLookedAt = 1000;

/** What may stand before a fence: indentation, and the markers of lists, quotes and definitions. */
const container = '[ \\t>*+\\-\\d.):]*';
const fenceLike = new RegExp(`^${container}(\`{3,}|~{3,})(.*)$`);
/** The beginning of a line that may still become one of those, or front matter. */
const mayBecomeFence = new RegExp(`^${container}(?:\`{0,2}|~{0,2})$`);

/** `push` returns what can be rendered by now, `finish` the rest. The same for any chunking, except for an emoji that is cut in two. */
export class InertMarkdown {
  /** The current line, as far as it has not been returned. */
  #rest = '';
  /** The end of the last chunk, where it may be half of a character or of a line end. */
  #half = '';
  /** Whether the beginning of the current line has been returned. */
  #isWithin = false;
  #isFirstLine = true;
  #fence: Fence | undefined;
  #certainty: Certainty = 'certain';
  /** Whether a code span may be open since an earlier line of this paragraph: then a backtick may close it as well as open one. */
  #isTainted = false;

  push(chunk: string): string {
    const text = this.#half + chunk;
    this.#half = /(?:[\ud800-\udbff\r]|\u200d|.(?:\u200d|\ufe0f))$/su.exec(text)?.[0] ?? '';
    return this.#take(text.slice(0, text.length - this.#half.length));
  }

  /** Closes a block of code that was left open. */
  finish(): string {
    const output = this.#take(this.#half) + this.#line(this.#rest);
    return this.#fence ? `${output}\n${' '.repeat(this.#fence.indent)}${this.#fence.mark}` : output;
  }

  #take(text: string): string {
    const visible = printable(text.replace(/\r\n?/g, '\n'), Number.POSITIVE_INFINITY);
    const lines = visible.split('\n');
    const last = lines.pop()!;
    let output = '';
    for (const line of lines) {
      output += `${this.#line(this.#rest + line)}\n`;
      this.#rest = '';
    }
    this.#rest += last;
    return output + this.#part();
  }

  /** The rest of a line that is whole. */
  #line(line: string): string {
    const isStart = !this.#isWithin;
    this.#isWithin = false;
    const output = isStart ? this.#wholeLine(line) : this.#text(line, true).output;
    this.#isFirstLine = false;
    return output;
  }

  #wholeLine(line: string): string {
    // Front matter would hide what follows from us.
    if (this.#isFirstLine && /^(?:-{3,}|\+{3,})[ \t]*$/.test(line)) return '***';
    if (this.#fence) return this.#codeLine(line, this.#fence);
    if (/^[ \t]*$/.test(line)) this.#isTainted = false;
    return this.#openFence(line) ?? this.#text(line, true).output;
  }

  /** The opening line of a code block, without attributes by which an editor's extension might run it; undefined if the line opens none. */
  #openFence(line: string): string | undefined {
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

  /** A line while a code block is open: code, its closing fence, or text where it can't be told which. */
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
    // The list around the block may have ended with this line, and the block with it; or this is its closing fence after all.
    this.#certainty = 'never';
    this.#fence = undefined;
    return this.#text(line, true).output;
  }

  /** What is certain of a line that is not complete. */
  #part(): string {
    if (this.#rest === '' || this.#fence) return '';
    if (!this.#isWithin) {
      const looked = this.#rest.slice(0, maxLookedAt + 1);
      const mayOpen = mayBecomeFence.test(looked) || fenceLike.test(looked);
      if (mayOpen && looked.length <= maxLookedAt) return '';
      if (mayOpen) this.#certainty = 'never';
    }
    const { output, length } = this.#text(this.#rest, false);
    if (length > 0) this.#isWithin = true;
    this.#rest = this.#rest.slice(length);
    return output;
  }

  /** Text outside of code blocks, escaped, up to where it depends on what follows (all of it in a complete line). `length`: how much of it was read. */
  #text(text: string, isWhole: boolean): { output: string; length: number } {
    let output = '';
    let at = 0;
    while (at < text.length) {
      const [token] = /^(?:`+|\\[\s\S]?|[^`\\]+)/.exec(text.slice(at))!;
      const end = at + token.length;
      const mayGrow = !isWhole && end === text.length && /^[`\\]/.test(token) && !/^\\./s.test(token);
      if (mayGrow) break;
      if (token[0] !== '`' || this.#isTainted) {
        output += escaped(token);
        at = end;
        continue;
      }
      const close = codeSpanEnd(text, { from: end, mark: token, isWhole });
      if (close === undefined && !isWhole && text.length - end <= maxLookedAt) break;
      if (close === undefined) {
        this.#isTainted = true;
        continue;
      }
      const code = text.slice(at, close);
      // Renderers cut a table into cells before they look for code spans.
      output += code.includes('|') ? escaped(code) : code;
      at = close;
    }
    return { output, length: at };
  }
}

/** A whole text at once. */
export function inertMarkdown(text: string): string {
  const inert = new InertMarkdown();
  return inert.push(text) + inert.finish();
}

/** Where a code span ends that was opened with `mark`: behind the next run of as many backticks. */
function codeSpanEnd(
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

/** Escapes what begins HTML, a link, an image or a formula. A token that starts with a backslash is escaped already; `\<` becomes an entity all the same. */
function escaped(token: string): string {
  if (token === '\\<') return '&lt;';
  return token.startsWith('\\') ? token : token.replaceAll('<', '&lt;').replace(/[[$]/g, '\\$&');
}
