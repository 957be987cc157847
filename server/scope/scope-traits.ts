// What kind of code a scope holds: whether it is a component, whether it is a stub.

import type { Span } from '../text/span.ts';
import type { Candidate } from './candidates.ts';
import type { Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';

const todo = /\b(TODO|FIXME|XXX|implement|unimplemented)\b/i;

/** UTF-16 units. In a longer scope markup is looked for in the text up to here, not in the tree. */
const searchedUnits = 20_000;
/** A body of more statements and comments is not a stub. */
const maxStubChildren = 100;

/** Markup in a function or class whose name begins with a capital, or that has none (a default export). */
export function isComponent(parsed: ParsedText, { kind, definition, name, span }: Candidate): boolean {
  const { markup } = parsed.grammar.manifest.nodes;
  if (!markup || (kind !== 'function' && kind !== 'class') || !isComponentName(name)) return false;
  const byText = definition.hasError || span.to - span.from > searchedUnits;
  return byText ? looksLikeMarkup(parsed, span) : definition.descendantsOfType([...markup]).length > 0;
}

/** By convention a component's name begins with a capital, as against a function that returns markup; a default export may have no name. */
export function isComponentName(name: string | undefined): boolean {
  return name === undefined || /(^|\.)[A-Z]\w*$/.test(name);
}

/** Whether the text has something like a tag: for code that does not parse, or is very long, in a language with markup. */
export function looksLikeMarkup({ grammar, text }: ParsedText, span: Span): boolean {
  return (
    grammar.manifest.nodes.markup !== undefined &&
    /<([A-Za-z][\w.]*[\s/>]|>)/.test(text.slice(span.from, Math.min(span.to, span.from + searchedUnits)))
  );
}

/** An empty body, one with only a comment that says it is to be written, or only statements that say so in the language's way (`stubs` of its manifest). */
export function isStub({ grammar, text }: ParsedText, { definition, span }: Candidate): boolean {
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
