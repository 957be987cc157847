// Lines of a text as spans of UTF-16 offsets. A line ends with \n, \r\n or \r, which its span leaves out.

import type { Span } from '../text/span.ts';

/** Where the line that holds `offset` begins, or `least`, whichever is later. */
export function lineStart(text: string, offset: number, least = 0): number {
  let at = offset;
  while (at > least && !endsLine(text, at - 1)) at--;
  return at;
}

/** Where the line that holds `offset` ends, before its line break, or `most`, whichever is earlier. */
export function lineEnd(text: string, offset: number, most = text.length): number {
  let at = offset;
  while (at < most && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** Where the line begins, if only blanks stand before `offset` on it; else undefined. Its time depends on the number of blanks, not on the length of the line. */
export function lineStartIfFirst(text: string, offset: number): number | undefined {
  let at = offset;
  while (at > 0 && isSpace(text, at - 1) && !endsLine(text, at - 1)) at--;
  return at === 0 || endsLine(text, at - 1) ? at : undefined;
}

/** Where the line ends, if only blanks stand behind `offset` on it; else undefined. */
export function lineEndIfLast(text: string, offset: number): number | undefined {
  let at = offset;
  while (at < text.length && isSpace(text, at) && !isBreak(text.charCodeAt(at))) at++;
  return at === text.length || isBreak(text.charCodeAt(at)) ? at : undefined;
}

/** `span` widened to whole lines, if nothing else stands on them; else undefined. */
export function ownLines(text: string, span: Span): Span | undefined {
  const from = lineStartIfFirst(text, span.from);
  const to = lineEndIfLast(text, span.to);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Where the line after the one that holds `offset` begins; the end of the text without one. */
export function nextLine(text: string, offset: number): number {
  const to = lineEnd(text, offset);
  return to + (text[to] === '\r' && text[to + 1] === '\n' ? 2 : to < text.length ? 1 : 0);
}

/** Whether the line that holds `offset` is empty or has only blanks. */
export function isBlankLine(text: string, offset: number): boolean {
  return lineStartIfFirst(text, offset) !== undefined && lineEndIfLast(text, offset) !== undefined;
}

/** The first offset from `from` on that holds no white space; `to` if there is none before it. */
export function skipBlanks(text: string, from: number, to = text.length): number {
  let at = from;
  while (at < to && isSpace(text, at)) at++;
  return at;
}

/** The offset behind the last character before `to` that is no white space; `from` if there is none after it. */
export function skipBlanksBack(text: string, to: number, from = 0): number {
  let at = to;
  while (at > from && isSpace(text, at - 1)) at--;
  return at;
}

/** `span` without the white space at its ends; empty, at its start, if there is nothing else. */
export function trimSpan(text: string, span: Span): Span {
  const from = skipBlanks(text, span.from, span.to);
  return from === span.to ? { from: span.from, to: span.from } : { from, to: skipBlanksBack(text, span.to) };
}

/** The start of one of the blank lines around `offset`: of one that one, of two the second, of more a middle one; at the top of the text the first. */
export function middleOfBlankLines(text: string, offset: number): number {
  const above = skipBlanksBack(text, offset);
  if (above === 0) return 0;
  const below = skipBlanks(text, offset);
  const first = nextLine(text, above);
  const count = breaksBetween(text, first, below) + (below === text.length ? 1 : 0);
  let at = first;
  for (let n = count >> 1; n > 0; n--) at = nextLine(text, at);
  return at;
}

/** How many line breaks end between two offsets. */
export function breaksBetween(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (endsLine(text, at)) count++;
  return count;
}

/** Whether a line break is complete with the character at `at`. */
function endsLine(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isBreak(code) && (code === 10 || text.charCodeAt(at + 1) !== 10);
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
}
