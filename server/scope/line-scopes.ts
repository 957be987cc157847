// Scopes by lines alone: for languages without a grammar.

import type { Span } from '../text/span.ts';
import {
  isBlankLine,
  lineEnd,
  lineStart,
  nextLine,
  ownLines,
  skipBlanks,
  skipBlanksBack,
  trimSpan,
} from './line-spans.ts';
import type { Scope, ScopeRequest } from './scopes.ts';

const unparsed = { isStub: false, isParsed: false } as const;

/** The selection in whole lines, or the paragraph around a cursor; undefined if the text is blank. */
export function findScopeByLines(text: string, selection: Span, request: ScopeRequest): Scope | undefined {
  const whole = moduleSpan(text);
  if (!whole) return undefined;
  if (request === 'module') return { ...unparsed, kind: 'module', span: whole };
  const span = trimSpan(text, selection);
  if (span.from === span.to) return { ...unparsed, kind: 'paragraph', span: paragraphAround(text, span.from) };
  return { ...unparsed, kind: 'selection', span: ownLines(text, span) ?? span };
}

/** The whole text without its last line break; undefined if it is blank. */
export function moduleSpan(text: string): Span | undefined {
  if (skipBlanks(text, 0) === text.length) return undefined;
  return { from: 0, to: text.length - (/(\r\n|\n|\r)$/.exec(text)?.[0].length ?? 0) };
}

/** The lines around `offset` up to the next blank ones; on a blank line the paragraph below, at the end of the text the one above. */
export function paragraphAround(text: string, offset: number): Span {
  const below = isBlankLine(text, offset) ? skipBlanks(text, offset) : offset;
  const at = below < text.length || !isBlankLine(text, offset) ? below : Math.max(skipBlanksBack(text, offset) - 1, 0);
  let from = lineStart(text, at);
  while (from > 0 && !isBlankLine(text, from - 1)) from = lineStart(text, from - 1);
  let to = lineEnd(text, at);
  for (let next = nextLine(text, to); next > to && !isBlankLine(text, next); next = nextLine(text, to))
    to = lineEnd(text, next);
  return { from, to };
}
