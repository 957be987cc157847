// Line comments in a row, told by the text: a file may begin with hundreds of them, and finding a node costs more the more siblings it has.

import type { Node } from './grammar.ts';
import { lineStart, lineStartIfFirst, nextLine } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

/** Steps that looking at a line costs. */
const lineSteps = 1;

/** Where the last of the line comments directly below `node` begins. Below a line comment in the tree what looks like one is one. */
export function rowBelow(parsed: ParsedText, node: Node): number {
  const { text } = parsed;
  const indent = indentOfLineComment(parsed, node);
  let last = node.startIndex;
  if (indent === undefined) return last;
  for (let at = nextLine(text, last); isComment(parsed, at, indent); at = nextLine(text, at)) last = at + indent.length;
  return last;
}

/** Where the first of the line comments directly above `node` begins. The lines above may be those of a string: the tree has to say so of the first. */
export function rowAbove(parsed: ParsedText, node: Node): number {
  const { text } = parsed;
  const indent = indentOfLineComment(parsed, node);
  let first = node.startIndex;
  if (indent === undefined) return first;
  for (let at = first - indent.length; at > 0; first = at + indent.length) {
    at = lineStart(text, at - 1);
    if (!isComment(parsed, at, indent)) break;
  }
  return first === node.startIndex || isCommentAt(parsed, first) ? first : node.startIndex;
}

/** Whether the tree has a line comment that begins at `offset`. */
function isCommentAt(parsed: ParsedText, offset: number): boolean {
  const { comment } = parsed.grammar.manifest.nodes;
  return [...parsed.nodesAround(offset)].some((node) => comment.includes(node.type) && node.startIndex === offset);
}

/** The blanks in front of a line comment that stands first on its line. */
function indentOfLineComment({ text, grammar }: ParsedText, { type, startIndex }: Node): string | undefined {
  const { nodes, comments } = grammar.manifest;
  if (!nodes.comment.includes(type) || !comments.line || !text.startsWith(comments.line, startIndex)) return undefined;
  const start = lineStartIfFirst(text, startIndex);
  return start === undefined ? undefined : text.slice(start, startIndex);
}

/** Whether the line that begins at `at` has these blanks and then what begins a line comment. */
function isComment({ text, grammar, budget }: ParsedText, at: number, indent: string): boolean {
  budget.spend(lineSteps);
  return text.startsWith(`${indent}${grammar.manifest.comments.line}`, at);
}
