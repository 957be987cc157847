// Which of the items around a cursor is meant, if a function or a class is among them.

import type { Span } from '../../../server/text/span.ts';
import type { Item } from './judged.ts';

/** The innermost function with a name; without one the innermost other function or class. */
export function choose(held: readonly Item[]): Item | undefined {
  const all = held.filter(({ role }) => role === 'function');
  const named = all.filter((item) => !item.concise || !isInTest(item, all));
  const callbacks = held.filter((item) => item.role === 'callback' && !named.some((outer) => encloses(outer, item)));
  const functions = largestOfEachDefinition([...named, ...callbacks]);
  return named.length > 0
    ? smallest(functions)
    : smallest([...functions, ...held.filter(({ role }) => role === 'class')]);
}

/** Whether the function around an item is a test, and no group of them. */
function isInTest(item: Item, functions: readonly Item[]): boolean {
  const around = smallest(functions.filter((outer) => !outer.concise && encloses(outer, item)));
  return around?.test === true && !around.group;
}

/** Of items of one size the one that begins later. */
export function smallest(items: readonly Item[]): Item | undefined {
  return items.toSorted((a, b) => size(a) - size(b) || b.from - a.from)[0];
}

export function encloses(outer: Span, inner: Span): boolean {
  return outer.from <= inner.from && inner.to <= outer.to && size(inner) < size(outer);
}

/** A function with two names is one scope, the larger. */
function largestOfEachDefinition(items: readonly Item[]): Item[] {
  const found = new Map<unknown, Item>();
  for (const item of items) {
    const key = item.definition ?? item;
    const other = found.get(key);
    if (!other || size(other) < size(item)) found.set(key, item);
  }
  return [...found.values()];
}

const size = ({ from, to }: Span) => to - from;
