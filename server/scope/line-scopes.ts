// Scopes by lines alone: for languages without a grammar.

import type { Snapshot } from '../documents/snapshot.ts';
import { isProseLanguage } from '../text/language-kinds.ts';
import type { Span } from '../text/span.ts';
import { fits, linesAround, noBounds } from './bounds.ts';
import { findByLayout } from './layout/layout-blocks.ts';
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
import type { Scope, ScopeBounds, ScopeRequest } from './scopes.ts';

/** Without a tree. */
const unparsed = { isStub: false, isParsed: false } as const;

/** The selection in whole lines, or what is around a cursor: a block by layout, a paragraph, or a place between blocks; all of a text that is blank. */
export function findScopeByLines(
  { text, languageId }: Pick<Snapshot, 'text' | 'languageId'>,
  selection: Span,
  request: ScopeRequest,
  bounds: ScopeBounds = noBounds,
): Scope {
  const whole = moduleSpan(text);
  if (!whole) return { ...unparsed, kind: 'insertion', span: { from: 0, to: text.length } };
  if (request === 'module') return { ...unparsed, kind: 'module', span: whole };
  const span = trimSpan(text, selection);
  if (span.from < span.to) return { ...unparsed, kind: 'selection', span: ownLines(text, span) ?? span };
  const mayBeProse = languageId === '' || languageId === 'plaintext';
  const isProse = isProseLanguage(languageId) && !mayBeProse;
  const block = isProse ? undefined : findByLayout(text, span.from, { request, bounds, mayBeProse });
  if (block) return { ...unparsed, kind: block.kind, span: { from: block.from, to: block.to } };
  return {
    ...unparsed,
    kind: 'paragraph',
    span: withinBounds(text, paragraphAround(text, span.from), span.from, bounds),
  };
}

/** The paragraph, or as many of its lines around `offset` as may be. */
function withinBounds(text: string, paragraph: Span, offset: number, bounds: ScopeBounds): Span {
  if (fits(text, paragraph, bounds)) return paragraph;
  const at = Math.min(Math.max(offset, paragraph.from), paragraph.to);
  const line = { from: lineStart(text, at), to: lineEnd(text, at) };
  return linesAround(text, line, { bounds, isBetween: (start) => paragraph.from <= start && start < paragraph.to });
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
