// What is around a place in the tree: functions, classes, the statement or member. Only what reaches as far as the selection counts.

import { contains, type Span } from '../text/span.ts';
import { attachedAt, codeBelow, enclosingAt } from './attachments.ts';
import { type CodePath, pathAround } from './code-path.ts';
import { rowAbove } from './comment-rows.ts';
import { extentOf } from './extent.ts';
import { focusOf } from './focus.ts';
import { type FunctionFound, functionsOn } from './functions.ts';
import type { Node } from './grammar.ts';
import { bodyOn, type Item, itemOn } from './items.ts';
import { skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

export type Reaching<T> = T & {
  /** UTF-16 offsets: the lines that belong to it. */
  readonly extent: Span;
};

export interface Place {
  readonly path: CodePath;
  /** Innermost first. */
  readonly functions: readonly Reaching<FunctionFound>[];
  readonly item: Reaching<Item> | undefined;
  /** The body, of those whose items are scopes, between two items of which the place is, or in a comment there; undefined if it is in one. */
  readonly body: Node | undefined;
  /** Where the comment begins that the place is in, if that belongs to no code. */
  readonly comment: number | undefined;
}

/** The place of a selection that has no white space at its ends, or of a cursor. */
export function placeOf(parsed: ParsedText, span: Span): Place {
  const first = focusOf(parsed, span.from);
  if (!first) return besides(parsed, span) ?? placeAt(parsed, pathAround(parsed, span.from), span);
  const last = span.to > span.from ? focusOf(parsed, span.to - 1) : first;
  const [from, to] = [first.at, last?.at ?? span.to].sort((a, b) => a - b);
  const comment = first.isComment && last?.isComment ? first.at : undefined;
  const byIndentation = comment === undefined ? undefined : indentedAbove(parsed, span);
  return byIndentation ?? placeAt(parsed, pathAround(parsed, from!, to), span, comment);
}

function placeAt(parsed: ParsedText, path: CodePath, span: Span, comment?: number): Place {
  const functions = functionsOn(parsed, path).reverse();
  const item = itemOn(parsed, path);
  return {
    path,
    functions: functions.map((found) => reaching(parsed, found, span)).filter((found) => found !== undefined),
    item: item && !item.node.isError ? reaching(parsed, item, span) : undefined,
    body: bodyBetween(parsed, path, functions[0]),
    comment,
  };
}

/** The innermost class around a path, as far as it holds `span`. */
export function classAround(parsed: ParsedText, path: CodePath, span: Span): Reaching<Item> | undefined {
  for (let index = path.nodes.length - 1; index >= 0; index--) {
    const captured = path.capturesOf(path.nodes[index]!).find(({ kind }) => kind === 'class');
    const found = captured && reaching(parsed, { ...captured, kind: 'class' as const, index }, span);
    if (found) return found;
  }
  return undefined;
}

function reaching<T extends { readonly node: Node }>(
  parsed: ParsedText,
  found: T,
  span: Span,
): Reaching<T> | undefined {
  const extent = extentOf(parsed, found.node);
  return contains(extent, span) ? { ...found, extent } : undefined;
}

/** The body between whose items a path ends; that of a group of tests too. */
function bodyBetween(parsed: ParsedText, { nodes, ...path }: CodePath, inner?: FunctionFound): Node | undefined {
  const { attached } = parsed.grammar.manifest.nodes;
  const body = bodyOn(parsed, { nodes, ...path });
  const at = inner?.isNamed ? inner.groupAt : inner && body < inner.index ? undefined : body;
  const next = at === undefined ? undefined : nodes[at + 1];
  // Line breaks are tokens in some grammars.
  const isBetween = !next || attached.includes(next.type) || (!next.isNamed && next.type.trim() === '');
  if (at !== undefined && isBetween) return nodes[at];
  return inner ? undefined : bodyBelowHead(parsed, nodes);
}

/** Where blocks are indentation, a class's block begins with its first member: the body of a class whose head a path ends below. */
function bodyBelowHead({ grammar }: ParsedText, path: readonly Node[]): Node | undefined {
  const { indented, nodes } = grammar.manifest;
  const last = path.findLast(({ type }) => !nodes.attached.includes(type));
  return indented && last && nodes.holder?.includes(last.type)
    ? (last.childForFieldName('body') ?? undefined)
    : undefined;
}

/** The place that a blank line belongs to by what is above it: a doc comment of the code below, or a block that is indented less. */
function besides(parsed: ParsedText, span: Span): Place | undefined {
  const above = skipBlanksBack(parsed.text, span.from) - 1;
  const comment = above < 0 ? undefined : attachedAt(parsed, above);
  const below = comment && codeBelow(parsed, comment);
  const place = below === undefined ? undefined : placeAt(parsed, pathAround(parsed, below), span);
  return place && (place.functions[0] || place.item) ? place : indentedAbove(parsed, span);
}

/** Where blocks are indentation: the block above that a comment or blanks go on with, by their own indentation. */
function indentedAbove(parsed: ParsedText, span: Span): Place | undefined {
  if (!parsed.grammar.manifest.indented) return undefined;
  let above = skipBlanksBack(parsed.text, span.from) - 1;
  for (let node = commentAt(parsed, above); node; node = commentAt(parsed, above))
    above = skipBlanksBack(parsed.text, rowAbove(parsed, node)) - 1;
  if (above < 0) return undefined;
  const place = placeAt(parsed, pathAround(parsed, above), span);
  return place.functions[0] || (place.item && place.item.kind !== 'class') ? place : undefined;
}

function commentAt(parsed: ParsedText, offset: number): Node | undefined {
  return offset < 0 ? undefined : enclosingAt(parsed, offset, parsed.grammar.manifest.nodes.comment);
}
