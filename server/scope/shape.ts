// What a scope is like inside: a component, a stub.

import type { Span } from '../text/span.ts';
import type { Candidate } from './candidates.ts';
import type { Node } from './grammar.ts';
import type { Parsed } from './parsed.ts';

const TODO = /\b(TODO|FIXME|XXX|implement|unimplemented)\b/i;

/** In a longer scope the tree is not searched, and its text only so far. UTF-16 units. */
const SEARCHED_UNITS = 20_000;
/** A body of more statements and comments is no stub. */
const STUB_CHILDREN = 100;

/** Markup in a function or class whose name begins with a capital, or that has none (a default export). */
export function isComponent(parsed: Parsed, { kind, definition, name, span }: Candidate): boolean {
  const { markup } = parsed.grammar.manifest.nodes;
  if (!markup || (kind !== 'function' && kind !== 'class') || !isComponentName(name)) return false;
  const isLooked = definition.hasError || span.to - span.from > SEARCHED_UNITS;
  return isLooked ? looksLikeMarkup(parsed, span) : definition.descendantsOfType([...markup]).length > 0;
}

/** Components are told from functions that return markup by their capital; a default export may have no name. */
export function isComponentName(name: string | undefined): boolean {
  return name === undefined || /(^|\.)[A-Z]\w*$/.test(name);
}

/** For code that does not parse, or is very long, in a language with markup. */
export function looksLikeMarkup({ grammar, text }: Parsed, span: Span): boolean {
  return (
    grammar.manifest.nodes.markup !== undefined &&
    /<([A-Za-z][\w.]*[\s/>]|>)/.test(text.slice(span.from, Math.min(span.to, span.from + SEARCHED_UNITS)))
  );
}

/** An empty body, one with nothing but a comment that says it is to be written, or one of the language's own ways to say so. */
export function isStub({ grammar, text }: Parsed, { definition, span }: Candidate): boolean {
  const { nodes, stubs } = grammar.manifest;
  const body = definition.childForFieldName('body');
  if (definition.hasError || !body || !nodes.block.includes(body.type)) return false;
  if (body.namedChildCount > STUB_CHILDREN) return false;
  const statements = body.namedChildren.filter((child) => !nodes.comment.includes(child.type));
  if (statements.length > 0) return statements.every((statement) => stubs.some((stub) => matches(stub, statement)));
  const rest = text.slice(body.startIndex, span.to);
  return TODO.test(rest) || !body.namedChildren.length;
}

function matches(pattern: string, { text }: Node): boolean {
  return new RegExp(pattern, 'i').test(text.trim());
}
