// Comments that belong to no code: those on consecutive lines are one.

import type { Span } from '../text/span.ts';
import { attachedAt, visibleEnd } from './attachments.ts';
import { rowAbove, rowBelow } from './comment-rows.ts';
import { breaksBetween, lineEnd, ownLines, skipBlanks, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

/** How many comments, or rows of line comments, to either side are looked at: more than a scope may have lines by default. */
const maxComments = 400;

/** The comment that begins at `at` with those directly above and below it, each on lines of its own; undefined if it has none. */
export function commentsAround(parsed: ParsedText, at: number): Span | undefined {
  const { text } = parsed;
  let span = ownComment(parsed, at);
  if (!span) return undefined;
  for (let n = 0; n < maxComments; n++) {
    const above = ownComment(parsed, skipBlanksBack(text, span.from) - 1);
    if (!above || breaksBetween(text, above.to, span.from) > 1) break;
    span = { from: above.from, to: span.to };
  }
  for (let n = 0; n < maxComments; n++) {
    const below = ownComment(parsed, skipBlanks(text, span.to));
    if (!below || breaksBetween(text, span.to, below.from) > 1) break;
    span = { from: span.from, to: below.to };
  }
  return span;
}

/** The lines of the comment around the character at `offset`, if nothing else is on them, with the row of line comments that it is one of. */
function ownComment(parsed: ParsedText, offset: number): Span | undefined {
  const { text } = parsed;
  const comment = offset < 0 || offset >= text.length ? undefined : attachedAt(parsed, offset);
  if (!comment) return undefined;
  const last = rowBelow(parsed, comment);
  const to = last > comment.startIndex ? lineEnd(text, last) : visibleEnd(parsed, comment);
  return ownLines(text, { from: rowAbove(parsed, comment), to });
}
