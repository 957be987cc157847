// Whether a function or class is a stub.

import type { Span } from '../text/span.ts';
import type { Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';

const todo = /\b(TODO|FIXME|XXX|implement|unimplemented)\b/i;

/** A body of more statements and comments is not a stub. */
const maxStubChildren = 100;

/** An empty body, one with only a comment that says it is to be written, or only statements that say so in the language's way (`stubs` of its manifest). */
export function isStub({ grammar, text }: ParsedText, definition: Node, span: Span): boolean {
  const { nodes, stubs } = grammar.manifest;
  const body = definition.childForFieldName('body');
  if (definition.hasError || !body || !nodes.block.includes(body.type)) return false;
  if (body.namedChildCount > maxStubChildren) return false;
  const statements = body.namedChildren.filter((child) => !nodes.comment.includes(child.type));
  if (statements.length > 0) return statements.every((statement) => stubs.some((stub) => matches(stub, statement)));
  const rest = text.slice(body.startIndex, span.to);
  return todo.test(rest) || !body.namedChildren.length;
}

function matches(pattern: string, { text }: Node): boolean {
  return new RegExp(pattern, 'i').test(text.trim());
}
