// The outline of a file around a scope, for the request's context: the signatures beside the scope, the imports.

import { contains, type Span } from '../text/span.ts';
import { type Captured, capturesIn } from './captures.ts';
import { extentOf, wrapperOf } from './extent.ts';
import type { Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';
import type { Signature } from './scopes.ts';

/** UTF-16 units: how far to either side of a scope signatures are looked for (some 600 lines), so that a huge file costs no more. */
const reachUnits = 20_000;
/** How many signatures, and how many UTF-16 units of each: a prompt has room for few (DESIGN.md §6: within a budget). */
const maxSignatures = 40;
const maxSignatureUnits = 200;

/** See `Scopes.signatures`. In the order of the file. */
export function signaturesAround(parsed: ParsedText, span: Span): Signature[] {
  const window = {
    from: Math.max(span.from - reachUnits, 0),
    to: Math.min(span.to + reachUnits, parsed.text.length),
  };
  const all = capturesIn(parsed, window, 5)
    .filter(({ kind }) => kind === 'function' || kind === 'class')
    .map((captured) => ({ ...captured, span: extentOf(parsed, captured.node) }));
  const functions = all.filter(({ kind }) => kind === 'function');
  const classes = all.filter(({ kind }) => kind === 'class');
  parsed.budget.spend((functions.length * (functions.length + classes.length)) / 100);
  const isVisible = (candidate: Candidate) =>
    !contains(span, candidate.span) && !functions.some((outer) => outer !== candidate && encloses(outer, candidate));
  const names = new Set(parsed.text.slice(span.from, span.to).match(/[\p{L}\p{N}_$]+/gu));
  const isUsed = ({ name }: Candidate) => name !== undefined && names.has(name);
  return mostRelevant(all.filter(isVisible), span, isUsed).map((candidate) => {
    const isMember = classes.some((outer) => outer !== candidate && encloses(outer, candidate));
    return { text: (isMember ? '  ' : '') + signatureOf(parsed, candidate), isUsed: isUsed(candidate) };
  });
}

interface Candidate extends Captured {
  readonly span: Span;
}

const encloses = (outer: Candidate, inner: Candidate) =>
  outer.node.id !== inner.node.id && contains(outer.span, inner.span);

/** Those that the scope names, then the nearest, in the order of the file. */
function mostRelevant(candidates: readonly Candidate[], span: Span, isUsed: (one: Candidate) => boolean): Candidate[] {
  const distance = (other: Span) => Math.max(other.from - span.to, span.from - other.to, 0);
  return candidates
    .toSorted((a, b) => Number(isUsed(b)) - Number(isUsed(a)) || distance(a.span) - distance(b.span))
    .slice(0, maxSignatures)
    .sort((a, b) => a.span.from - b.span.from);
}

function signatureOf(parsed: ParsedText, { node, definition }: Candidate): string {
  const outer = wrapperOf(parsed, node);
  const to = definition.childForFieldName('body')?.startIndex ?? outer.endIndex;
  return parsed.text.slice(outer.startIndex, to).replace(/\s+/g, ' ').trim().slice(0, maxSignatureUnits);
}

/** How many statements at the top of a file are searched for imports. */
const maxStatements = 200;

/** See `Scopes.imports`. */
export function importsOf(parsed: ParsedText): string[] {
  const imports = topStatements(parsed.root).filter((node) => isImport(parsed, node));
  return imports.map((node) => textOf(parsed, node));
}

/** UTF-16 units of a statement that `requires` is matched against. */
const statementUnits = 2000;

/** Whether a statement is an import. */
export function isImport(parsed: ParsedText, node: Node): boolean {
  const { nodes, requires } = parsed.grammar.manifest;
  return (
    nodes.import.includes(node.type) ||
    (requires !== undefined && new RegExp(requires).test(textOf(parsed, node).slice(0, statementUnits)))
  );
}

function textOf({ text }: ParsedText, { startIndex, endIndex }: Node): string {
  return text.slice(startIndex, endIndex);
}

/** The first statements of a file: those that may be imports, or stand between them. */
export function topStatements(root: Node): Node[] {
  const children: Node[] = [];
  for (let node = root.firstNamedChild; node && children.length < maxStatements; node = node.nextNamedSibling)
    children.push(node);
  return children;
}
