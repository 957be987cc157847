// The comments in a part of a text: where they stand, what they say, and what to remove with them.

import type { Span } from '../text/span.ts';
import { visibleEnd } from './attachments.ts';
import { assertQueryable, runQuery } from './bounded-query.ts';

import { indexRange, type Node } from './grammar.ts';
import { lineEnd, lineStart, nextLine } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

export interface Comment {
  readonly span: Span;
  /** What has to be removed so that nothing of it is left: the comment, in JSX with its braces. */
  readonly removal: Span;
  /** Its text, without the comment syntax at both ends. */
  readonly content: string;
  /** A line comment's opening syntax, e.g. `//`. */
  readonly line?: string;
}

/** The comments that touch `window`, in order. UTF-16 offsets of the text. */
export function commentsIn(parsed: ParsedText, window: Span): Comment[] {
  const { grammar, root } = parsed;
  const wide = { from: window.from, to: window.to + 1 };
  assertQueryable(parsed, wide);
  const captures = runQuery(parsed, (progress) =>
    grammar.comments.captures(root, { ...indexRange(wide), ...progress }),
  );
  return captures.map(({ node }) => commentOf(parsed, node)).filter(({ span }) => span.from <= window.to);
}

function commentOf(parsed: ParsedText, node: Node): Comment {
  const { text, grammar } = parsed;
  const { comments, nodes } = grammar.manifest;
  const holder = node.parent && nodes.commentHolder?.includes(node.parent.type) && node.parent.namedChildCount === 1;
  const span = { from: node.startIndex, to: visibleEnd(parsed, node) };
  const removal = holder ? { from: node.parent.startIndex, to: node.parent.endIndex } : span;
  const whole = text.slice(span.from, span.to);
  if (comments.line && whole.startsWith(comments.line))
    return { span, removal, content: whole.slice(comments.line.length), line: comments.line };
  const [open, close] = comments.block ?? ['', ''];
  const to = close && whole.endsWith(close) ? -close.length : undefined;
  return { span, removal, content: whole.slice(whole.startsWith(open) ? open.length : 0, to) };
}

/** Comments as most languages write them, within one line. Must begin the line or follow a blank, so that the `//` of a URL is none. */
const anyComment = /(?:^|[ \t])(\/\/+|\/\*+|<!--|\(\*|#+|--+|;+|%+)(.*)$/;

/** UTF-16 units of a line that are read before the window; twice as many from there on. A minified file is one line. */
const lineUnits = 2000;

/** The same for a language without a grammar: guessed line by line. */
export function guessComments(text: string, window: Span): Comment[] {
  const comments: Comment[] = [];
  for (let from = lineStart(text, window.from, Math.max(window.from - lineUnits, 0)); from <= window.to; ) {
    const line = text.slice(from, lineEnd(text, from, Math.min(from + 2 * lineUnits, text.length))).trimEnd();
    const [, opener, content] = anyComment.exec(line) ?? [];
    if (opener !== undefined && content !== undefined) {
      const span = { from: from + line.length - opener.length - content.length, to: from + line.length };
      comments.push({ span, removal: span, content: content.replace(/(\*\/|-->|\*\))$/, ''), line: opener });
    }
    const next = nextLine(text, from);
    if (next === from || next >= text.length) break;
    from = next;
  }
  return comments;
}
