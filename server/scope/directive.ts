// Comments that ask for an edit: `// ai: return early instead of nesting`.

import type { Span } from '../text/span.ts';
import { type Comment, commentsIn, guessComments } from './comments.ts';
import { lineFrom, lineTo, lineToIfLast, nextLine, ownLines, skipBlanks, skipBlanksBack } from './lines.ts';
import type { Parsed } from './parsed.ts';
import type { Directive } from './scopes.ts';

/** What a directive's comment begins with; `/**`, `///` and the like are comments too. */
const MARKER = /^[\s*/#!;%-]*ai:/i;

/** How far from a span the comments may reach that make one directive with those in it. UTF-16 units. */
const RUN_UNITS = 2000;

/** See `Scopes.directiveAt`. */
export function directiveIn(parsed: Parsed, span: Span): Directive | undefined {
  return findDirective(parsed.text, commentsIn(parsed, around(parsed.text, span)), span);
}

/** The same without a grammar. */
export function guessDirective(text: string, span: Span): Directive | undefined {
  return findDirective(text, guessComments(text, around(text, span)), span);
}

/** A cursor may be on a later line of a directive, and the last line of a span on an early one. */
function around(text: string, { from, to }: Span): Span {
  return { from: Math.max(from - RUN_UNITS, 0), to: Math.min(to + RUN_UNITS, text.length) };
}

/** The first directive among `comments` whose lines touch those of `span`. It goes on over line comments directly below it. */
function findDirective(text: string, comments: readonly Comment[], span: Span): Directive | undefined {
  const window = { from: lineFrom(text, span.from), to: lineTo(text, span.to) };
  for (const [index, first] of comments.entries()) {
    if (!MARKER.test(first.content)) continue;
    const run = runFrom(text, comments, index);
    const whole = { from: first.unit.from, to: run.at(-1)!.unit.to };
    if (whole.from <= window.to && whole.to >= window.from) return { span: removable(text, whole), text: textOf(run) };
  }
  return undefined;
}

function runFrom(text: string, comments: readonly Comment[], index: number): Comment[] {
  const run = [comments[index]!];
  for (const next of comments.slice(index + 1)) {
    const last = run.at(-1)!;
    const goesOn = next.line !== undefined && next.line === last.line && !MARKER.test(next.content);
    const below = ownLines(text, next.unit);
    if (!goesOn || !ownLines(text, last.unit) || below?.from !== nextLine(text, last.span.to)) break;
    run.push(next);
  }
  return run;
}

function textOf(run: readonly Comment[]): string {
  const lines = run.flatMap(({ content }) => content.split(/\r\n|\n|\r/));
  const words = lines.map((line) => line.replace(/^\s*\*+(?=\s|$)/, '').trim()).filter(Boolean);
  return words.join(' ').replace(MARKER, '').trim();
}

/** Whole lines with a line break (the last line of a text gives up the one before it), else the comment with the blanks that it leaves. */
function removable(text: string, span: Span): Span {
  const lines = ownLines(text, span);
  if (lines) {
    const next = nextLine(text, lines.to);
    return next > lines.to ? { from: lines.from, to: next } : { from: lineBreakBefore(text, lines.from), to: next };
  }
  const to = lineToIfLast(text, span.to);
  if (to !== undefined) return { from: skipBlanksBack(text, span.from), to };
  return { from: span.from, to: skipBlanks(text, span.to) };
}

function lineBreakBefore(text: string, from: number): number {
  return from === 0 ? 0 : lineTo(text, lineFrom(text, from - 1));
}
