// What is around a scope in its file, for the request: the signatures beside it, the imports.

import { contains, type Span } from '../text/span.ts';
import { type Candidate, candidatesIn } from './candidates.ts';
import { wrapperOf } from './extent.ts';
import type { Node } from './grammar.ts';
import type { Parsed } from './parsed.ts';
import type { Signature } from './scopes.ts';

/** How far around a scope its neighbours are looked for, in UTF-16 units: some 600 lines either way, so that a huge file costs no more. */
const REACH_UNITS = 20_000;
/** What a prompt has room for (design §6: within a budget). */
const MOST_SIGNATURES = 40;
const SIGNATURE_UNITS = 200;

/** See `Scopes.signatures`. In the order of the file. */
export function signaturesAround(parsed: Parsed, span: Span): Signature[] {
  const window = {
    from: Math.max(span.from - REACH_UNITS, 0),
    to: Math.min(span.to + REACH_UNITS, parsed.text.length),
  };
  const all = candidatesIn(parsed, parsed.root, window, 5).filter(
    ({ kind }) => kind === 'function' || kind === 'class',
  );
  const functions = all.filter(({ kind }) => kind === 'function');
  const classes = all.filter(({ kind }) => kind === 'class');
  parsed.effort.spend((functions.length * (functions.length + classes.length)) / 100);
  const isOpen = (candidate: Candidate) =>
    !contains(span, candidate.span) && !functions.some((outer) => outer !== candidate && holds(outer, candidate));
  const names = new Set(parsed.text.slice(span.from, span.to).match(/[\p{L}\p{N}_$]+/gu));
  const isUsed = ({ name }: Candidate) => name !== undefined && names.has(name);
  return foremost(all.filter(isOpen), span, isUsed).map((candidate) => {
    const isMember = classes.some((outer) => outer !== candidate && holds(outer, candidate));
    return { text: (isMember ? '  ' : '') + signatureOf(parsed, candidate), isUsed: isUsed(candidate) };
  });
}

const holds = (outer: Candidate, inner: Candidate) =>
  outer.node.id !== inner.node.id && contains(outer.span, inner.span);

function foremost(candidates: readonly Candidate[], span: Span, isUsed: (one: Candidate) => boolean): Candidate[] {
  const distance = (other: Span) => Math.max(other.from - span.to, span.from - other.to, 0);
  return candidates
    .toSorted((a, b) => Number(isUsed(b)) - Number(isUsed(a)) || distance(a.span) - distance(b.span))
    .slice(0, MOST_SIGNATURES)
    .sort((a, b) => a.span.from - b.span.from);
}

function signatureOf(parsed: Parsed, { node, definition }: Candidate): string {
  const outer = wrapperOf(parsed, node);
  const to = definition.childForFieldName('body')?.startIndex ?? outer.endIndex;
  return parsed.text.slice(outer.startIndex, to).replace(/\s+/g, ' ').trim().slice(0, SIGNATURE_UNITS);
}

/** How many statements at the top of a file may hold imports. */
const TOP_STATEMENTS = 200;

/** See `Scopes.imports`. */
export function importsOf(parsed: Parsed): string[] {
  const imports = firstChildren(parsed.root).filter((node) => isImport(parsed, node));
  return imports.map((node) => textOf(parsed, node));
}

/** No more of a statement is looked at. */
const STATEMENT_UNITS = 2000;

/** Whether a statement imports. */
export function isImport(parsed: Parsed, node: Node): boolean {
  const { nodes, requires } = parsed.grammar.manifest;
  return (
    nodes.import.includes(node.type) ||
    (requires !== undefined && new RegExp(requires).test(textOf(parsed, node).slice(0, STATEMENT_UNITS)))
  );
}

function textOf({ text }: Parsed, { startIndex, endIndex }: Node): string {
  return text.slice(startIndex, endIndex);
}

/** The statements at the top of a file that may be imports, or stand between them. */
export function firstChildren(root: Node): Node[] {
  const children: Node[] = [];
  for (let node = root.firstNamedChild; node && children.length < TOP_STATEMENTS; node = node.nextNamedSibling)
    children.push(node);
  return children;
}
