// Where the code is that a place means: a cursor in a comment above a function, in the indentation or behind the end of a line is about code beside it.

import { attachedAt, codeBelow } from './attachments.ts';
import type { Node } from './grammar.ts';
import {
  breaksBetween,
  isBlankLine,
  lineEndIfLast,
  lineStartIfFirst,
  skipBlanks,
  skipBlanksBack,
} from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

export interface Focus {
  /** UTF-16 offset of a character of the code that is meant, or of the first one of a comment that belongs to no code. */
  readonly at: number;
  readonly isComment: boolean;
}

/** What `offset` is about; undefined on a blank line. */
export function focusOf(parsed: ParsedText, offset: number): Focus | undefined {
  const { text } = parsed;
  if (isBlankLine(text, offset)) return undefined;
  for (let at = characterAt(text, offset); ; ) {
    const node = attachedAt(parsed, at);
    if (node && isAlone(parsed, node)) {
      const below = codeBelow(parsed, node);
      return below === undefined ? { at: node.startIndex, isComment: true } : { at: below, isComment: false };
    }
    const start = node?.startIndex ?? at;
    if (!node && (!/[;,]/.test(text[at]!) || lineStartIfFirst(text, start) !== undefined))
      return { at, isComment: false };
    at = skipBlanksBack(text, start) - 1;
  }
}

/** The character that a cursor at `offset` is on, at whose end it is, or that comes next on its line, which is not blank. */
function characterAt(text: string, offset: number): number {
  const next = skipBlanks(text, offset);
  if (next === offset && next < text.length) return offset;
  const isBehind = lineEndIfLast(text, offset) !== undefined || skipBlanksBack(text, offset) === offset;
  return isBehind && lineStartIfFirst(text, offset) === undefined ? skipBlanksBack(text, offset) - 1 : next;
}

/** Whether no other code stands before a comment or decorator on its line, unless some stands behind it as well. */
function isAlone(parsed: ParsedText, node: Node): boolean {
  const { text } = parsed;
  if (lineEndIfLast(text, node.endIndex) === undefined && breaksBetween(text, node.startIndex, node.endIndex) === 0)
    return true;
  for (let first: Node | undefined = node; first; ) {
    if (lineStartIfFirst(text, first.startIndex) !== undefined) return true;
    first = attachedAt(parsed, skipBlanksBack(text, first.startIndex) - 1);
  }
  return false;
}
