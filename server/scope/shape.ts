// What a scope is like inside: a component, a stub.

import type { Candidate } from './candidates.ts';
import type { Node } from './grammar.ts';
import type { Parsed } from './parsed.ts';

const TODO = /\b(TODO|FIXME|XXX|implement|unimplemented)\b/i;

/** Markup in a function or class whose name begins with a capital, or that has none (a default export). */
export function isComponent({ grammar }: Parsed, { kind, definition, name }: Candidate): boolean {
  const { markup } = grammar.manifest.nodes;
  if (!markup || (kind !== 'function' && kind !== 'class')) return false;
  if (name !== undefined && !/(^|\.)[A-Z]\w*$/.test(name)) return false;
  return definition.descendantsOfType([...markup]).length > 0;
}

/** An empty body, one with nothing but a comment that says it is to be written, or one of the language's own ways to say so. */
export function isStub({ grammar, text }: Parsed, { definition, span }: Candidate): boolean {
  const { nodes, stubs } = grammar.manifest;
  const body = definition.childForFieldName('body');
  if (!body || !nodes.block.includes(body.type)) return false;
  const statements = body.namedChildren.filter((child) => !nodes.comment.includes(child.type));
  if (statements.length > 0) return statements.every((statement) => stubs.some((stub) => matches(stub, statement)));
  const rest = text.slice(body.startIndex, span.to);
  return TODO.test(rest) || !body.namedChildren.length;
}

function matches(pattern: string, { text }: Node): boolean {
  return new RegExp(pattern, 'i').test(text);
}
