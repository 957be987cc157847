// Statements change places, come and go, and conditions turn into guards.

import type { Edit } from '../../../../server/text/edit.ts';
import type { Place } from '../place.ts';
import { type Make, replacing } from './change.ts';

/** Two neighbours. */
const reorder: Make = replacing((place) => {
  const block = place.random.pick(place.blocks().filter((each) => place.statements(each).length > 1));
  if (!block) return undefined;
  const all = place.statements(block);
  const at = place.random.below(all.length - 1);
  const [a, b] = [all[at]!.lines, all[at + 1]!.lines];
  const between = place.text.slice(a.to, b.from);
  return { from: a.from, to: b.to, insert: place.text.slice(b.from, b.to) + between + place.text.slice(a.from, a.to) };
});

/** One goes behind others. */
const move: Make = (place) => {
  const block = place.random.pick(place.blocks().filter((each) => place.statements(each).length > 2));
  if (!block) return undefined;
  const all = place.statements(block);
  const [from, to] = [place.random.below(all.length), place.random.below(all.length)];
  if (from === to) return undefined;
  const { lines } = all[from]!;
  const removed: Edit = { from: lines.from, to: lines.to + 1, insert: '' };
  const at = all[to]!.lines.from;
  const inserted: Edit = { from: at, to: at, insert: `${place.text.slice(lines.from, lines.to)}\n` };
  return { edits: [removed, inserted].sort((a, b) => a.from - b.from) };
};

const remove: Make = replacing((place) => {
  const statement = place.random.pick(place.blocks().flatMap((block) => place.statements(block)));
  return statement && { from: statement.lines.from, to: statement.lines.to + 1, insert: '' };
});

const copy: Make = replacing((place) => {
  const [from, to] = [0, 1].map(() => place.random.pick(place.blocks().flatMap((block) => place.statements(block))));
  if (!from || !to) return undefined;
  const [old, indent] = [place.indentAt(from.node.startIndex), place.indentAt(to.node.startIndex)];
  const text = place.shifted(from.lines, (line) => (line.startsWith(old) ? indent + line.slice(old.length) : line));
  return { from: to.lines.from, to: to.lines.from, insert: `${text}\n` };
});

const guards = {
  script: ['if (!(', ')) {\n\treturn;\n}\n'],
  python: ['if not (', '):\n\treturn\n\n'],
  go: ['if !(', ') {\n\treturn\n}\n'],
  rust: ['if !(', ') {\n\treturn;\n}\n'],
} as const;

/** `if (a) { … }` becomes a return in front of what it held. */
const guard: Make = replacing((place) => {
  const found = place.random.pick(
    place
      .blocks()
      .flatMap((block) => place.statements(block))
      .filter(({ node }) => guardParts(place, node)),
  );
  if (!found) return undefined;
  const { condition, body, indent, inner } = guardParts(place, found.node)!;
  const [head, tail] = guards[place.language.family];
  const lines = place.lines((head + condition + tail).trimEnd(), indent);
  return { ...found.lines, insert: `${lines}\n${place.dedented(body, inner.slice(indent.length))}` };
});

function guardParts(place: Place, statement: Place['node']) {
  const node = statement.type === 'expression_statement' ? statement.namedChild(0)! : statement;
  if (!/^if_/.test(node.type) || node.childForFieldName('alternative')) return undefined;
  const [test, held] = [node.childForFieldName('condition'), node.childForFieldName('consequence')];
  if (!test || !held || /let/.test(test.type) || node.childForFieldName('initializer')) return undefined;
  const inside = place.statements(held);
  if (inside.length === 0) return undefined;
  return {
    condition: place.textOf(test).replace(/^\((.*)\)$/s, '$1'),
    body: { from: inside[0]!.lines.from, to: inside.at(-1)!.lines.to },
    indent: place.indentAt(node.startIndex),
    inner: place.indentAt(inside[0]!.node.startIndex),
  };
}

export const statementKinds: Readonly<Record<string, Make>> = {
  reorder,
  move,
  'remove a statement': remove,
  'copy a statement': copy,
  'guard instead of if': guard,
};
