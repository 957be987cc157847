// Where blocks are indentation: lines in a column that no block above them has, and heads of blocks above nothing.

import type { Span } from '../../text/span.ts';
import { lineStart, nextLine, skipBlanks, skipBlanksBack } from '../line-spans.ts';
import type { Bracket } from './bracket-problems.ts';
import { emptyBlock, type Finding, notIndented, type PlacedText } from './problem-words.ts';

/** What of a text is not the beginning of a statement: literals of several lines, and what stands in brackets. */
export interface Continued {
  readonly long: readonly Span[];
  readonly brackets: readonly Bracket[];
}

/** A line that begins a statement, without those that go on with it. */
interface Head {
  /** UTF-16 offsets of its first character, and of the end of its code. */
  readonly from: number;
  readonly to: number;
  readonly indent: string;
}

/** By the lines between the first and the last of the scope, in order. */
export function indentFindings(text: PlacedText, continued: Continued): Finding[] {
  const found: Finding[] = [];
  const levels: string[] = [];
  let above: Head | undefined;
  for (const head of headsOf(text, continued)) {
    const opens = above !== undefined && text.whole[above.to - 1] === ':';
    const top = levels.at(-1) ?? head.indent;
    const isDeeper = head.indent.length > top.length;
    if (opens && !isDeeper) found.push({ at: above!.to - 1, what: emptyBlock });
    else if (above && !opens && isDeeper) found.push({ at: head.from, what: notIndented });
    while (levels.length > 0 && levels.at(-1)!.length > head.indent.length) levels.pop();
    const isKnown = levels.length === 0 || isDeeper || levels.at(-1) === head.indent;
    if (!isKnown) found.push({ at: head.from, what: notIndented });
    if (levels.at(-1) !== head.indent) levels.push(head.indent);
    above = head;
  }
  if (above && text.whole[above.to - 1] === ':') found.push(...emptyAtEnd(text, above));
  return found;
}

/** The last head of the scope has its block below the scope, or none. */
function emptyAtEnd({ whole, to }: PlacedText, head: Head): Finding[] {
  const below = skipBlanks(whole, to);
  const indent = whole.slice(lineStart(whole, below), below);
  const hasBlock = below < whole.length && indent.length > head.indent.length;
  return hasBlock ? [] : [{ at: head.to - 1, what: emptyBlock }];
}

function headsOf({ whole, from, to }: PlacedText, { long, brackets }: Continued): Head[] {
  const heads: Head[] = [];
  let depth = 0;
  let next = 0;
  for (let line = lineStart(whole, from); line < to; line = nextLine(whole, line)) {
    while (next < brackets.length && brackets[next]!.at < line) {
      depth += '([{'.includes(brackets[next]!.char) ? 1 : -1;
      next++;
    }
    const end = nextLine(whole, line);
    const first = skipBlanks(whole, line, end);
    const isInside = depth > 0 || long.some((one) => one.from < line && line < one.to);
    const continues = isInside || /\\\r?\n?$/.test(whole.slice(Math.max(line - 3, 0), line));
    if (first < end && whole[first] !== '#') {
      const code = { from: first, to: codeEnd(whole, first, end), indent: whole.slice(line, first) };
      const head = heads.at(-1);
      if (!continues) heads.push(code);
      else if (head) heads[heads.length - 1] = { ...head, to: code.to };
    }
    if (end === whole.length) break;
  }
  return heads;
}

/** Where the code of a line ends: before a comment behind it. */
function codeEnd(whole: string, from: number, end: number): number {
  const comment = /\s#[^"']*$/.exec(whole.slice(from, end).trimEnd());
  return skipBlanksBack(whole, comment ? from + comment.index : end, from);
}
