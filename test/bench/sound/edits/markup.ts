// JSX elements get another tag, another element around them, or lose it.

import type { Node } from 'web-tree-sitter';
import type { Span } from '../../../../server/text/span.ts';
import type { Place } from '../place.ts';
import { type Change, type Make, replacing } from './change.ts';

const paired = ['jsx_element'];
const any = ['jsx_element', 'jsx_self_closing_element'];
/** A fragment is an element without a name. */
const nameOf = (tag: Node | null) => tag?.childForFieldName('name') ?? undefined;

const retag: Make = (place) => {
  const element = place.random.pick(place.all(paired).filter((node) => nameOf(node.firstChild)));
  return element && renamed(element, 'section');
};

function renamed(element: Node, name: string): Change {
  const tags = [element.firstChild, element.lastChild].map((tag) => nameOf(tag)!);
  return { edits: tags.map(({ startIndex, endIndex }) => ({ from: startIndex, to: endIndex, insert: name })) };
}

/** Two of them, one in the other or not. */
const retagTwo: Make = (place) => {
  const [a, b] = place.random.shuffled(place.all(paired).filter((node) => nameOf(node.firstChild)));
  if (!a || !b) return undefined;
  const edits = [...renamed(a, 'section').edits, ...renamed(b, 'article').edits];
  return { edits: edits.sort((one, other) => one.from - other.from) };
};

const tagToFragment: Make = (place) => {
  const element = place.random.pick(place.all(paired).filter((node) => nameOf(node.firstChild)));
  if (!element) return undefined;
  const tags = [element.firstChild!, element.lastChild!];
  return {
    edits: tags.map(({ startIndex, endIndex }, i) => ({ from: startIndex, to: endIndex, insert: ['<>', '</>'][i]! })),
  };
};

function wrapIn(head: string, tail: string, parents?: readonly string[]): Make {
  return replacing((place) => {
    const all = place.all(any).filter(({ parent }) => parents === undefined || parents.includes(parent!.type));
    const element = place.random.pick(all);
    if (!element) return undefined;
    const lines = place.linesOf(element);
    if (!lines) return { from: element.startIndex, to: element.endIndex, insert: head + place.textOf(element) + tail };
    const span = { from: lines.from, to: element.endIndex };
    const indent = place.indentAt(element.startIndex);
    return { ...span, insert: `${indent}${head}\n${place.indented(span)}\n${indent}${tail}` };
  });
}

/** What an element holds comes in its place; where that is more than one child, in a fragment. */
const unwrap: Make = replacing((place) => {
  const found = place.random.pick(place.all(paired).filter((node) => childLines(place, node)));
  if (!found) return undefined;
  const { from, to } = childLines(place, found)!;
  const indent = place.indentAt(found.startIndex);
  const inner = /^[ \t]*/.exec(place.text.slice(from, to))![0];
  const span = { from: place.lineStart(found.startIndex), to: found.endIndex };
  const dedented = place.dedented({ from, to }, inner.slice(indent.length));
  const isFree = elementsIn(found).length === 1 || found.parent?.type === 'jsx_element';
  return { ...span, insert: isFree ? dedented : `${indent}<>\n${place.text.slice(from, to)}\n${indent}</>` };
});

function elementsIn(node: Node): Node[] {
  return node.namedChildren.slice(1, -1).filter((child) => child !== null && child.type !== 'jsx_text');
}

function childLines(place: Place, node: Node): Span | undefined {
  const inside = elementsIn(node);
  const lines = inside.map((child) => place.linesOf(child));
  if (inside.length === 0 || !place.linesOf(node) || lines.some((each) => !each)) return undefined;
  const texts = node.namedChildren.filter((child) => child?.type === 'jsx_text' && place.textOf(child).trim() !== '');
  return texts.length > 0 ? undefined : { from: lines[0]!.from, to: lines.at(-1)!.to };
}

/** `<a />` becomes `<a>…</a>`. */
const open: Make = replacing((place) => {
  const element = place.random.pick(place.all(['jsx_self_closing_element']));
  const name = nameOf(element ?? null);
  if (!element || !name) return undefined;
  const [indent, tag] = [place.indentAt(element.startIndex), place.textOf(name)];
  const insert = `>\n${indent}${place.unit}<b>{title}</b>\n${indent}</${tag}>`;
  const from = element.startIndex + place.textOf(element).replace(/\s*\/>$/, '').length;
  return { from, to: element.endIndex, insert };
});

const close: Make = replacing((place) => {
  const element = place.random.pick(place.all(paired).filter((node) => nameOf(node.firstChild)));
  return element && { from: element.firstChild!.endIndex - 1, to: element.endIndex, insert: ' />' };
});

const spreadAttributes: Make = replacing((place) => {
  const tags = place.all(['jsx_opening_element', 'jsx_self_closing_element']);
  const tag = place.random.pick(
    tags.filter((node) => node.namedChildCount > 1 && node.startPosition.row === node.endPosition.row),
  );
  if (!tag) return undefined;
  const [name, ...attributes] = tag.namedChildren.map((child) => child!);
  const indent = place.indentAt(tag.startIndex);
  const all = [...attributes.map((each) => place.textOf(each)), 'title={title}'];
  const end = tag.type === 'jsx_self_closing_element' ? '/>' : '>';
  const insert = `${all.map((each) => `\n${indent}${place.unit}${each}`).join('')}\n${indent}${end}`;
  return { from: name!.endIndex, to: tag.endIndex, insert };
});

const addChild: Make = replacing((place) => {
  const element = place.random.pick(place.all(paired).filter((node) => node.startPosition.row < node.endPosition.row));
  if (!element) return undefined;
  const indent = place.indentAt(element.startIndex) + place.unit;
  const at = element.firstChild!.endIndex;
  return { from: at, to: at, insert: `\n${place.lines('<p>\n\t{title}\n</p>', indent)}` };
});

export const markupKinds: Readonly<Record<string, Make>> = {
  're-tag': retag,
  're-tag two': retagTwo,
  'tag to fragment': tagToFragment,
  'wrap in an element': wrapIn('<section>', '</section>'),
  'wrap in a fragment': wrapIn('<>', '</>'),
  'wrap in a condition': wrapIn('{isReady && (', ')}', paired),
  'unwrap an element': unwrap,
  'open a self-closing element': open,
  'close an element': close,
  'spread attributes': spreadAttributes,
  'add a child': addChild,
};
