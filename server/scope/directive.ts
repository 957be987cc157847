// Comments that ask for an edit: `// ai: return early instead of nesting`.

import type { Span } from '../text/span.ts';
import { type Comment, commentsIn, guessComments } from './comments.ts';
import { lineEnd, lineEndIfLast, lineStart, nextLine, ownLines, skipBlanks, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';
import type { Directive } from './scopes.ts';

/** What a directive's comment begins with, further comment syntax (`/**`, `///`) skipped. */
const marker = /^[\s*/#!;%-]*ai:/i;

/** UTF-16 units: how far above or below a span comments may stand that form one directive with those in it. */
const runUnits = 2000;

/** See `Scopes.directiveAt`. */
export function directiveIn(parsed: ParsedText, span: Span): Directive | undefined {
  return findDirective(parsed.text, commentsIn(parsed, windowAround(parsed.text, span)), span);
}

/** The same for a language without a grammar. */
export function guessDirective(text: string, span: Span): Directive | undefined {
  return findDirective(text, guessComments(text, windowAround(text, span)), span);
}

/** The span with what is near it: a directive may begin above it, or go on below it. */
function windowAround(text: string, { from, to }: Span): Span {
  return { from: Math.max(from - runUnits, 0), to: Math.min(to + runUnits, text.length) };
}

/** The first directive among `comments` whose lines touch those of `span`. Line comments directly below its first comment belong to it. */
function findDirective(text: string, comments: readonly Comment[], span: Span): Directive | undefined {
  const window = { from: lineStart(text, span.from), to: lineEnd(text, span.to) };
  for (const [index, first] of comments.entries()) {
    if (!marker.test(first.content)) continue;
    const run = runFrom(text, comments, index);
    const whole = { from: first.removal.from, to: run.at(-1)!.removal.to };
    if (whole.from <= window.to && whole.to >= window.from)
      return { span: removalSpan(text, whole), text: textOf(run) };
  }
  return undefined;
}

function runFrom(text: string, comments: readonly Comment[], index: number): Comment[] {
  const run = [comments[index]!];
  for (const next of comments.slice(index + 1)) {
    const last = run.at(-1)!;
    const goesOn = next.line !== undefined && next.line === last.line && !marker.test(next.content);
    const below = ownLines(text, next.removal);
    if (!goesOn || !ownLines(text, last.removal) || below?.from !== nextLine(text, last.span.to)) break;
    run.push(next);
  }
  return run;
}

function textOf(run: readonly Comment[]): string {
  const lines = run.flatMap(({ content }) => content.split(/\r\n|\n|\r/));
  const words = lines.map((line) => line.replace(/^\s*\*+(?=\s|$)/, '').trim()).filter(Boolean);
  return words.join(' ').replace(marker, '').trim();
}

/** Whole lines with their line break (on the last line of a text the one before it); where code shares the line, the comment with the blanks beside it. */
function removalSpan(text: string, span: Span): Span {
  const lines = ownLines(text, span);
  if (lines) {
    const next = nextLine(text, lines.to);
    return next > lines.to ? { from: lines.from, to: next } : { from: lineBreakBefore(text, lines.from), to: next };
  }
  const to = lineEndIfLast(text, span.to);
  if (to !== undefined) return { from: skipBlanksBack(text, span.from), to };
  return { from: span.from, to: skipBlanks(text, span.to) };
}

function lineBreakBefore(text: string, from: number): number {
  return from === 0 ? 0 : lineEnd(text, lineStart(text, from - 1));
}
