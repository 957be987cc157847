// The comments of a stretch of text: what they say and what to remove with them.

import type { Span } from '../text/span.ts';
import { ask, checkShape } from './asking.ts';
import { endOf } from './extent.ts';
import { type Node, within } from './grammar.ts';
import { lineFrom, lineTo, nextLine } from './lines.ts';
import type { Parsed } from './parsed.ts';

export interface Comment {
  readonly span: Span;
  /** What can be removed without leaving a trace: the comment, in JSX with its braces. */
  readonly unit: Span;
  /** What it says, without the comment syntax at both ends. */
  readonly content: string;
  /** What opens it, if it ends with its line. */
  readonly line?: string;
}

/** Comments that touch `window`, in order. */
export function commentsIn(parsed: Parsed, window: Span): Comment[] {
  const { grammar, root } = parsed;
  const wide = { from: window.from, to: window.to + 1 };
  checkShape(parsed, wide);
  const captures = ask(parsed, (progress) => grammar.comments.captures(root, { ...within(wide), ...progress }));
  return captures.map(({ node }) => commentOf(parsed, node)).filter(({ span }) => span.from <= window.to);
}

function commentOf(parsed: Parsed, node: Node): Comment {
  const { text, grammar } = parsed;
  const { comments, nodes } = grammar.manifest;
  const holder = node.parent && nodes.commentHolder?.includes(node.parent.type) && node.parent.namedChildCount === 1;
  const span = { from: node.startIndex, to: endOf(parsed, node) };
  const unit = holder ? { from: node.parent.startIndex, to: node.parent.endIndex } : span;
  const whole = text.slice(span.from, span.to);
  if (comments.line && whole.startsWith(comments.line))
    return { span, unit, content: whole.slice(comments.line.length), line: comments.line };
  const [open, close] = comments.block ?? ['', ''];
  const to = close && whole.endsWith(close) ? -close.length : undefined;
  return { span, unit, content: whole.slice(whole.startsWith(open) ? open.length : 0, to) };
}

/** Comments as most languages write them, one line each. Must begin the line or follow a blank, so as not to be found in a URL. */
const ANY_COMMENT = /(?:^|[ \t])(\/\/+|\/\*+|<!--|\(\*|#+|--+|;+|%+)(.*)$/;

/** No more of a line is looked at than so much before the window, and twice as much from there on: a minified file is one line. UTF-16 units. */
const LINE_UNITS = 2000;

/** The same for a language without a grammar: a guess by lines. */
export function guessComments(text: string, window: Span): Comment[] {
  const comments: Comment[] = [];
  for (let from = lineFrom(text, window.from, Math.max(window.from - LINE_UNITS, 0)); from <= window.to; ) {
    const line = text.slice(from, lineTo(text, from, Math.min(from + 2 * LINE_UNITS, text.length))).trimEnd();
    const [, opener, content] = ANY_COMMENT.exec(line) ?? [];
    if (opener !== undefined && content !== undefined) {
      const span = { from: from + line.length - opener.length - content.length, to: from + line.length };
      comments.push({ span, unit: span, content: content.replace(/(\*\/|-->|\*\))$/, ''), line: opener });
    }
    const next = nextLine(text, from);
    if (next === from || next >= text.length) break;
    from = next;
  }
  return comments;
}
