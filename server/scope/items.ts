// The items of a file and of its classes: the statements and members that are scopes where no function is around. Imports in a row are one.

import type { Span } from '../text/span.ts';
import type { CodePath } from './code-path.ts';
import { extentOf, isGroup } from './extent.ts';
import type { Node } from './grammar.ts';
import { isImport } from './outline.ts';
import type { ParsedText } from './parsed-text.ts';
import type { ScopeKind } from './scopes.ts';

export interface Item {
  readonly kind: Extract<ScopeKind, 'class' | 'object' | 'member' | 'statement' | 'imports'>;
  readonly node: Node;
  readonly definition: Node;
  readonly name?: string | undefined;
  /** Of `node` in the path. */
  readonly index: number;
}

/** The index of the innermost body of a file, a class or a namespace in a path, of those before `end`. */
export function bodyOn(parsed: ParsedText, { nodes }: CodePath, end = nodes.length): number {
  const { block, holder, namespace } = parsed.grammar.manifest.nodes;
  for (let at = end - 1; at > 0; at--) {
    const { type } = nodes[at - 1]!;
    if (block.includes(nodes[at]!.type) && (holder?.includes(type) || namespace?.includes(type))) return at;
  }
  return 0;
}

/** The statement or member that a path leads into; undefined if it ends between two. */
export function itemOn(parsed: ParsedText, path: CodePath): Item | undefined {
  const { nodes } = parsed.grammar.manifest;
  for (let end = path.nodes.length; ; ) {
    const body = bodyOn(parsed, path, end);
    const inner = path.nodes[body + 1];
    if (inner?.isNamed && !nodes.attached.includes(inner.type)) return itemAt(parsed, path, body + 1);
    if (body === 0) return undefined;
    end = body;
  }
}

/** What the node at `index` of a path is, or the one of its parts that the path leads into. */
export function itemAt(parsed: ParsedText, path: CodePath, index: number): Item {
  const { wrapper, holder, attached } = parsed.grammar.manifest.nodes;
  const node = path.nodes[index]!;
  const kind = index > 1 && holder?.includes(path.nodes[index - 2]!.type) ? 'member' : 'statement';
  let item: Item = { kind, node, definition: node, index };
  if (isImport(parsed, node)) return { ...item, kind: 'imports' };
  for (let at = index; path.nodes[at]; at++) {
    const one = path.nodes[at]!;
    item = { ...item, ...described(path, one) };
    const next = path.nodes[at + 1];
    if (isGroup(parsed, one) && next?.isNamed && !attached.includes(next.type))
      item = { kind, node: next, definition: next, index: at + 1 };
    else if (!wrapper.includes(one.type)) break;
  }
  return item;
}

/** What the query says of a node that is a class, an object, or a name for something. */
function described(path: CodePath, node: Node): Partial<Item> {
  const captures = path.capturesOf(node);
  const known = captures.find(({ kind }) => kind === 'class') ?? captures.find(({ kind }) => kind === 'object');
  if (known) return { kind: known.kind as Item['kind'], definition: known.definition, name: known.name };
  const name = captures.find((captured) => captured.name !== undefined)?.name;
  return name === undefined ? {} : { name };
}

/** How many statements to either side are looked at for imports: more than a scope may have lines by default. */
const maxSteps = 400;

/** The imports in a row that `node` is one of, with the comments between them. */
export function importsAround(parsed: ParsedText, node: Node): Span {
  const first = lastImport(parsed, node, (one) => one.previousNamedSibling);
  const last = lastImport(parsed, node, (one) => one.nextNamedSibling);
  return { from: extentOf(parsed, first).from, to: extentOf(parsed, last).to };
}

function lastImport(parsed: ParsedText, node: Node, next: (node: Node) => Node | null): Node {
  const { attached } = parsed.grammar.manifest.nodes;
  let last = node;
  let one = next(node);
  for (let n = 0; one && n < maxSteps; n++, one = next(one)) {
    parsed.budget.spend(siblingSteps);
    if (isImport(parsed, one)) last = one;
    else if (!attached.includes(one.type)) break;
  }
  return last;
}

/** Steps that finding a node's sibling costs. */
const siblingSteps = 20;

/** The extent of the items of `body` in a row that `span`, which is not empty, touches; undefined if it ends in none. */
export function itemsTouching(parsed: ParsedText, body: Node, span: Span): Span | undefined {
  const first = childAround(parsed, body, span.from);
  const last = childAround(parsed, body, span.to - 1);
  if (!first || !last) return undefined;
  const from = Math.min(span.from, extentOf(parsed, first).from);
  return { from, to: Math.max(span.to, extentOf(parsed, last).to) };
}

/** The item of `body` around the character at `offset`. */
export function childAround(parsed: ParsedText, body: Node, offset: number): Node | undefined {
  const nodes = [...parsed.nodesAround(offset)];
  const child = nodes[nodes.findIndex(({ id }) => id === body.id) + 1];
  return child?.isNamed && nodes.some(({ id }) => id === body.id) ? child : undefined;
}
