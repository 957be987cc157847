// The nodes around one place, from the root down, with what the language's query says of each.

import { type Captured, capturesIn } from './captures.ts';
import { isGroup } from './extent.ts';
import type { Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';

export interface CodePath {
  /** Outermost first. */
  readonly nodes: readonly Node[];
  /** What the query captures of one of them. */
  capturesOf(node: Node): readonly Captured[];
}

/** The nodes that hold the characters at both `from` and `to`. In `export const f = …`, both words mean what they declare. */
export function pathAround(parsed: ParsedText, from: number, to = from): CodePath {
  const nodes = intoDeclarations(parsed, nodesAround(parsed, from, to), to);
  const { startIndex } = nodes.at(-1)!;
  const byNode = new Map<number, Captured[]>(nodes.map(({ id }) => [id, []]));
  for (const captured of capturesIn(parsed, { from: startIndex, to: startIndex + 1 }))
    byNode.get(captured.node.id)?.push(captured);
  return { nodes, capturesOf: (node) => byNode.get(node.id) ?? [] };
}

/** The root holds every place, also the white space at its ends. */
function nodesAround(parsed: ParsedText, from: number, to: number): Node[] {
  const nodes: Node[] = [];
  for (const node of parsed.nodesAround(from)) if (nodes.length === 0 || node.endIndex > to) nodes.push(node);
  return nodes;
}

/** `nodes`, and what the last wrapper of them wraps, if they end with no more than a word of that. */
function intoDeclarations(parsed: ParsedText, nodes: Node[], to: number): Node[] {
  const { wrapper } = parsed.grammar.manifest.nodes;
  for (;;) {
    const at = nodes.findLastIndex(({ type }) => wrapper.includes(type));
    const outer = nodes[at];
    const inner = nodes[at + 1];
    if (!outer || isGroup(parsed, outer) || (inner && isDeclared(parsed, inner))) return nodes;
    const declared = outer.lastNamedChild;
    if (!declared || !isDeclared(parsed, declared) || declared.endIndex <= to) return nodes;
    nodes.splice(at + 1, nodes.length, declared);
  }
}

function isDeclared({ grammar }: ParsedText, node: Node): boolean {
  return node.isNamed && !grammar.manifest.nodes.attached.includes(node.type);
}
