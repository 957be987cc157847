// One function becomes two, two become one, and two change places.

import type { Node } from 'web-tree-sitter';
import type { Place } from '../place.ts';
import type { Make } from './change.ts';

/** The nodes of a function that hold its name and its body; undefined if that is a mere expression. */
export function partsOf(node: Node): { name: Node; body: Node } | undefined {
  const declared = node.namedChildren.find((child) => child?.type === 'variable_declarator');
  const name = (declared ?? node).childForFieldName('name');
  const body = (declared?.childForFieldName('value') ?? node).childForFieldName('body');
  return name && body && /block$/.test(body.type) ? { name, body } : undefined;
}

/** With `export` or decorators. */
function wholeOf(node: Node): Node {
  const { parent } = node;
  return parent && /^(export_statement|decorated_definition)$/.test(parent.type) ? parent : node;
}

const calls = { script: 'return NAME();', python: 'return NAME()', go: 'return NAME()', rust: 'NAME()' } as const;

function callOf({ language, node }: Place): string {
  return node.type === 'method_definition' ? 'return this.NAME();' : calls[language.family];
}

/** The end of the body becomes the body of a new function behind this one. */
const split: Make = (place) => {
  const parts = partsOf(place.node);
  const all = parts ? place.statements(parts.body) : [];
  if (!parts || all.length < 2) return undefined;
  const { family } = place.language;
  const cut = all[1 + place.random.below(all.length - 1)]!;
  const moved = { from: cut.lines.from, to: all.at(-1)!.lines.to };
  const name = `${place.textOf(parts.name)}Rest`;
  const indent = place.indentAt(place.node.startIndex);
  const call = place.indentAt(cut.node.startIndex) + callOf(place).replace('NAME', name);
  const from = place.node.startIndex;
  const headEnd = family === 'python' ? place.lineStart(all[0]!.node.startIndex) : parts.body.startIndex + 1;
  const head =
    place.text.slice(from, parts.name.startIndex) + name + place.text.slice(parts.name.endIndex, headEnd).trimEnd();
  const foot =
    family === 'python' ? '' : `\n${indent}${place.text.slice(parts.body.endIndex - 1, place.node.endIndex)}`;
  const added = `\n\n${indent}${head}\n${place.text.slice(moved.from, moved.to)}${foot}`;
  const end = wholeOf(place.node).endIndex;
  if (end < moved.to) return undefined;
  // In Python the function ends where its last statement does.
  if (end === moved.to) return { edits: [{ ...moved, insert: call + added }] };
  return {
    edits: [
      { ...moved, insert: call },
      { from: end, to: end, insert: added },
    ],
  };
};

/** This function and the one behind it. */
function pairOf(place: Place): [Node, Node] | undefined {
  const first = wholeOf(place.node);
  let next = first.nextNamedSibling;
  while (next && /comment|attribute/.test(next.type)) next = next.nextNamedSibling;
  const isLike = next?.type === first.type;
  return isLike && next && place.linesOf(first) && place.linesOf(next) ? [first, next] : undefined;
}

function reachOf(place: Place, [a, b]: readonly [Node, Node]) {
  return { from: place.lineStart(a.startIndex), to: Math.min(place.text.length, place.lineEnd(b.endIndex) + 1) };
}

const merge: Make = (place) => {
  const pair = pairOf(place);
  const inner =
    pair?.[1].type === place.node.type
      ? pair[1]
      : pair?.[1].namedChildren.find((child) => child?.type === place.node.type);
  const [a, b] = [partsOf(place.node), inner && partsOf(inner)];
  if (!pair || !a || !b) return undefined;
  const [own, others] = [place.statements(a.body), place.statements(b.body)];
  if (own.length === 0 || others.length === 0) return undefined;
  const at = own.at(-1)!.lines.to;
  const from = Math.max(at, pair[0].endIndex);
  const moved = place.text.slice(others[0]!.lines.from, others.at(-1)!.lines.to);
  const edits = [
    { from: at, to: at, insert: `\n${moved}` },
    { from, to: pair[1].endIndex, insert: '' },
  ];
  return { edits, reach: reachOf(place, pair) };
};

const swap: Make = (place) => {
  const pair = pairOf(place);
  if (!pair) return undefined;
  const [a, b] = pair;
  const insert = place.textOf(b) + place.text.slice(a.endIndex, b.startIndex) + place.textOf(a);
  return { edits: [{ from: a.startIndex, to: b.endIndex, insert }], reach: reachOf(place, pair) };
};

export const functionKinds: Readonly<Record<string, Make>> = {
  'split a function': split,
  'merge functions': merge,
  'swap functions': swap,
};
