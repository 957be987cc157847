// The largest part of a scope that is too large: the item in it that holds the cursor, else the lines between two items.

import { contains, type Span } from '../text/span.ts';
import { attachedAt, codeBelow } from './attachments.ts';
import { fits, linesAround } from './bounds.ts';
import type { CodePath } from './code-path.ts';
import { rowAbove, rowBelow } from './comment-rows.ts';
import { extentOf } from './extent.ts';
import type { Node } from './grammar.ts';
import { breaksBetween, isBlankLine, lineEnd, lineStart, ownLines, skipBlanks, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';
import type { ScopeBounds } from './scopes.ts';
import { type TokenPartInput, tokenPart } from './token-parts.ts';

export interface Part {
  readonly span: Span;
  /** Where in the path the item is; undefined if these are only lines. */
  readonly index?: number;
}

/** Never larger than the bounds, unless a single line is. */
export function largestPart(parsed: ParsedText, input: TokenPartInput): Part {
  return itemPart(parsed, input) ?? { span: tokenPart(parsed, input) ?? linePart(parsed, input) };
}

/** The largest item along the path that fits and has its lines to itself, or is of several: `[{…}, {…}]`. */
export function itemPart(parsed: ParsedText, { path, index, span, bounds }: TokenPartInput): Part | undefined {
  const { items, attached } = parsed.grammar.manifest.nodes;
  for (let at = index + 1; at < path.nodes.length; at++) {
    const node = path.nodes[at]!;
    if (!items.includes(path.nodes[at - 1]!.type) || !node.isNamed || attached.includes(node.type)) continue;
    const extent = extentOf(parsed, node);
    const isAlone =
      ownLines(parsed.text, extent) !== undefined || breaksBetween(parsed.text, extent.from, extent.to) > 0;
    if (contains(extent, span) && isAlone && fits(parsed.text, extent, bounds)) return { span: extent, index: at };
  }
  return undefined;
}

/** The lines between two items, else those of the paragraph, else as many around the cursor as fit; of a line that is too long alone, the largest node that fits. */
function linePart(parsed: ParsedText, input: TokenPartInput): Span {
  const { path, span, bounds } = input;
  const { text } = parsed;
  const line = { from: lineStart(text, span.from), to: lineEnd(text, span.from) };
  if (!fits(text, line, bounds)) return nodePart(parsed, path, { line, bounds, span });
  let left = maxBetween;
  const beginsItem = itemsBeside(parsed, path);
  const whole = tooLargeAround(parsed, input);
  const isWithin = (at: number) => at >= lineStart(text, whole.from) && at < whole.to;
  const isBetween = (at: number) => isWithin(at) && (isBlankLine(text, at) || (left-- > 0 && !beginsItem(at)));
  const between = withoutBlankEnds(text, linesAround(text, line, { bounds, isBetween }));
  if (left >= 0) return between;
  return linesAround(text, line, { bounds, isBetween: (at) => isWithin(at) && !isBlankLine(text, at) });
}

/** The smallest item around the cursor that is too large, else the whole text. */
function tooLargeAround(parsed: ParsedText, { path, span }: TokenPartInput): Span {
  const { items, attached } = parsed.grammar.manifest.nodes;
  for (let at = path.nodes.length - 1; at > 0; at--) {
    const node = path.nodes[at]!;
    if (!items.includes(path.nodes[at - 1]!.type) || !node.isNamed || attached.includes(node.type)) continue;
    const extent = extentOf(parsed, node);
    if (contains(extent, span) && ownLines(parsed.text, extent)) return extent;
  }
  return { from: 0, to: parsed.text.length };
}

/** How many lines are looked at for the next item above and below the cursor. */
const maxBetween = 60;

/** A test whether the line at an offset begins with an item that is not around the cursor, or with a comment that belongs to one. */
function itemsBeside(parsed: ParsedText, { nodes }: CodePath): (offset: number) => boolean {
  const rows: { readonly span: Span; readonly below: number | undefined }[] = [];
  /** The code of a line, of comments that which they belong to; of those in a row it is found once. */
  const codeAt = (offset: number): number | undefined => {
    const at = skipBlanks(parsed.text, offset);
    const row = rows.find(({ span }) => contains(span, { from: at, to: at }));
    if (row) return row.below;
    const comment = attachedAt(parsed, at);
    if (!comment) return at;
    const below = codeBelow(parsed, comment);
    rows.push({ span: { from: rowAbove(parsed, comment), to: below ?? rowBelow(parsed, comment) }, below });
    return below;
  };
  return (offset) => {
    const at = codeAt(offset);
    return at !== undefined && isInItem(parsed, nodes, at);
  };
}

/** Whether `offset` is in an item that none of `nodes` is or is in. */
function isInItem(parsed: ParsedText, nodes: readonly Node[], offset: number): boolean {
  const { items, tokens } = parsed.grammar.manifest.nodes;
  const around = [...parsed.nodesAround(offset)];
  const own = around.findIndex(({ id }, depth) => nodes[depth]?.id !== id);
  const isItem = (node: Node, depth: number) => node.isNamed && items.includes(around[depth - 1]!.type);
  return around.some(
    (node, depth) => own >= 0 && depth >= Math.max(own, 1) && (isItem(node, depth) || tokens?.includes(node.type)),
  );
}

function withoutBlankEnds(text: string, { from, to }: Span): Span {
  return { from: lineStart(text, skipBlanks(text, from)), to: skipBlanksBack(text, to) };
}

interface LongLine {
  readonly line: Span;
  readonly span: Span;
  readonly bounds: ScopeBounds;
}

function nodePart({ text }: ParsedText, { nodes }: CodePath, { line, span, bounds }: LongLine): Span {
  const spans = nodes.map(({ startIndex, endIndex }) => ({ from: startIndex, to: endIndex }));
  return spans.find((one) => contains(one, span) && fits(text, one, bounds)) ?? line;
}
