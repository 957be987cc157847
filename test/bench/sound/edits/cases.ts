// Arms of `match` and `switch`, `elif` and `except` come, go and change places.

import type { Node } from 'web-tree-sitter';
import type { Span } from '../../../../server/text/span.ts';
import type { Place } from '../place.ts';
import { type Make, replacing } from './change.ts';

interface Case {
  readonly node: Node;
  readonly lines: Span;
}

function casesOf(place: Place): Case[] {
  return place.all(place.language.cases).flatMap((node) => {
    const lines = place.linesOf(node);
    return lines ? [{ node, lines }] : [];
  });
}

/** A copy with another label in front of one. */
const add: Make = replacing((place) => {
  const found = place.random.pick(casesOf(place).filter(({ node }) => !/default/.test(node.type)));
  if (!found) return undefined;
  const { from, to } = found.lines;
  const label = /^(\s*(?:(?:case|elif|except)\s+)?)([\w.'"]+)/;
  const copy = place.text.slice(from, to).replace(label, (_, head, name) => head + relabelled(name));
  return { from, to: from, insert: `${copy}\n` };
});

function relabelled(label: string): string {
  return /^['"]/.test(label) ? `${label[0]}new${label.slice(1)}` : `${label}${/\d$/.test(label) ? 0 : 'New'}`;
}

const remove: Make = replacing((place) => {
  const found = place.random.pick(casesOf(place));
  return found && { from: found.lines.from, to: found.lines.to + 1, insert: '' };
});

const swap: Make = replacing((place) => {
  const all = casesOf(place);
  const pairs = all.flatMap((a) => {
    const b = all.find(({ node }) => a.node.nextNamedSibling?.equals(node));
    return b ? [[a, b] as const] : [];
  });
  const pair = place.random.pick(pairs);
  if (!pair) return undefined;
  const [a, b] = pair.map(({ lines }) => lines) as [Span, Span];
  const between = place.text.slice(a.to, b.from);
  return { from: a.from, to: b.to, insert: place.text.slice(b.from, b.to) + between + place.text.slice(a.from, a.to) };
});

export const caseKinds: Readonly<Record<string, Make>> = {
  'add a case': add,
  'remove a case': remove,
  'swap cases': swap,
};
