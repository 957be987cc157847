// Items of arrays, objects, arguments, parameters and composite literals come and go, and lists are spread over lines or joined.

import type { Node } from 'web-tree-sitter';
import type { Place } from '../place.ts';
import { type Make, replacing } from './change.ts';

interface List {
  readonly node: Node;
  readonly items: readonly Node[];
  /** Every item begins a line, and so does the closing bracket. */
  readonly isSpread: boolean;
}

function listsOf(place: Place): List[] {
  return place.all(place.language.lists).flatMap((node) => {
    const items = node.namedChildren.filter((child) => child !== null && !/comment/.test(child.type));
    const isBracketed =
      /^[[({]/.test(place.textOf(node)) && !node.namedChildren.some((child) => /comment/.test(child!.type));
    if (items.length === 0 || !isBracketed) return [];
    const begins = (offset: number) => place.text.slice(place.lineStart(offset), offset).trim() === '';
    const isSpread = items.every((item) => begins(item.startIndex)) && begins(node.endIndex - 1);
    return [{ node, items, isSpread }];
  });
}

/** A new item like the one at `at`, with another name in it. */
function itemLike(place: Place, item: Node): string {
  return place.textOf(item).replace(/[A-Za-z_]\w*|\d+/, (name) => (/\d/.test(name[0]!) ? `${name}1` : `${name}New`));
}

/** Where an item ends with the comma behind it, if there is one. */
function afterComma({ nextSibling, endIndex }: Node): number {
  return nextSibling?.type === ',' ? nextSibling.endIndex : endIndex;
}

function add(where: 'first' | 'middle' | 'last'): Make {
  return (place) => {
    const list = place.random.pick(listsOf(place).filter(({ isSpread }) => isSpread));
    if (!list) return undefined;
    const { items } = list;
    const index = where === 'first' ? 0 : where === 'last' ? items.length - 1 : place.random.below(items.length);
    const item = items[index]!;
    // Nothing may stand before `self`, nor be like it.
    if (/^&?\s*(mut\s+)?self\b/.test(place.textOf(item))) return undefined;
    const text = itemLike(place, item);
    const indent = place.indentAt(item.startIndex);
    if (where !== 'last')
      return { edits: [{ from: item.startIndex, to: item.startIndex, insert: `${text},\n${indent}` }] };
    const at = item.endIndex;
    return { edits: [{ from: at, to: at, insert: `,\n${indent}${text}` }] };
  };
}

const remove: Make = replacing((place) => {
  const list = place.random.pick(listsOf(place).filter(({ isSpread, items }) => isSpread && items.length > 1));
  if (!list) return undefined;
  const item = place.random.pick(list.items)!;
  const before = item.previousNamedSibling;
  if (before && item.equals(list.items.at(-1)!)) return { from: before.endIndex, to: item.endIndex, insert: '' };
  return { from: place.lineStart(item.startIndex), to: place.lineEnd(afterComma(item)) + 1, insert: '' };
});

const spread: Make = replacing((place) => {
  const lists = listsOf(place).filter(({ node }) => node.startPosition.row === node.endPosition.row);
  const list = place.random.pick(lists.filter(({ items }) => items.length > 1)) ?? place.random.pick(lists);
  if (!list) return undefined;
  const indent = place.indentAt(list.node.startIndex);
  const items = list.items.map((item) => `${indent}${place.unit}${place.textOf(item)},\n`);
  return { from: list.node.startIndex + 1, to: list.node.endIndex - 1, insert: `\n${items.join('')}${indent}` };
});

const join: Make = replacing((place) => {
  const list = place.random.pick(listsOf(place).filter(({ isSpread }) => isSpread));
  if (!list) return undefined;
  const items = list.items.map((item) => place.textOf(item));
  return { from: list.node.startIndex + 1, to: list.node.endIndex - 1, insert: items.join(', ') };
});

const plainLists = /^(array|arguments|argument_list|list|tuple|array_expression)$/;

/** An item becomes the argument of a call that is spread over lines. */
const nest: Make = replacing((place) => {
  const list = place.random.pick(listsOf(place).filter(({ isSpread, node }) => isSpread && plainLists.test(node.type)));
  const item = list && place.random.pick(list.items.filter(({ type }) => !/keyword|spread|splat/.test(type)));
  if (!item) return undefined;
  const indent = place.indentAt(item.startIndex);
  const span = { from: item.startIndex, to: item.endIndex };
  const inner = place.indented(span).trimStart();
  return { ...span, insert: `wrapped(\n${indent}${place.unit}${inner},\n${indent})` };
});

export const listKinds: Readonly<Record<string, Make>> = {
  'add an item first': add('first'),
  'add an item': add('middle'),
  'add an item last': add('last'),
  'remove an item': remove,
  'spread a list': spread,
  'join a list': join,
  'nest an item': nest,
};
