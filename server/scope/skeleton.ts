// Where code that is being typed has torn the tree: the scopes around a place as the layout shows them. The lines that open and close
// the blocks around it are kept, all else is blanked, and that parses again. Not for languages whose blocks are indentation alone.

import type { Span } from '../text/span.ts';
import { lineFrom, lineTo, nextLine, skipBlanks, skipBlanksBack } from './lines.ts';
import { Parsed } from './parsed.ts';

/** A part of a text with the blocks around one place, all else blanked; offset 0 is `at` in the text. The caller disposes of `parsed`. */
export interface Skeleton {
  readonly parsed: Parsed;
  readonly at: number;
}

/** A line that is not blank; `from` is behind its indentation, `indent` how many units wide that is. */
interface Line extends Span {
  readonly indent: number;
}

/** The lines that open and those that close one block. */
interface Block {
  readonly opening: readonly Line[];
  readonly closing: Line;
}

/** Deeper nesting than this is not looked at. */
const MOST_BLOCKS = 12;

/** The skeleton around `span` with as many blocks as parse without a fault; undefined if none do. */
export function skeletonAround({ text, grammar }: Parsed, span: Span): Skeleton | undefined {
  for (let blocks = blocksAround(text, span); blocks.length > 0; blocks = blocks.slice(1)) {
    const { opening, closing } = blocks.at(-1)!;
    const at = lineFrom(text, opening[0]!.from);
    const parsed = new Parsed(grammar, keepLines(text, { from: at, to: closing.to }, blocks));
    if (!parsed.root.hasError) return { parsed, at };
    parsed.dispose();
  }
  return undefined;
}

/** Innermost first. The line of `span` itself may open or close one. */
function blocksAround(text: string, span: Span): Block[] {
  const blocks: Block[] = [];
  const own = linesOf(text, span);
  let above = own[0] && !isClosing(text, own[0]) ? own[0] : lineAbove(text, span.from);
  let below = own[0] && isClosing(text, own[0]) ? own[0] : lineBelow(text, span.to);
  const near = own.length > 0 ? own : [above, below].filter((line) => line !== undefined);
  let indent = 1 + (own.length > 0 ? Math.min : Math.max)(...near.map((line) => line.indent));
  while (above && indent > 0 && blocks.length < MOST_BLOCKS) {
    if (above.indent < indent) {
      indent = above.indent;
      while (below && below.indent > indent) below = lineBelow(text, below.to);
      const opening = openingLines(text, above);
      above = opening[0]!;
      if (below?.indent === indent && isClosing(text, below))
        blocks.push({ opening: [...linesAttached(text, above), ...opening], closing: below });
    }
    above = lineAbove(text, above.from);
  }
  return blocks;
}

/** A line such as `} else {` or `): void {` closes what it does not open: from there on, downwards. */
function openingLines(text: string, last: Line): Line[] {
  const lines = [last];
  while (lines[0]!.indent > last.indent || isClosing(text, lines[0]!)) {
    const above = lineAbove(text, lines[0]!.from);
    if (!above || above.indent < last.indent) return [last];
    lines.unshift(above);
  }
  return lines;
}

/** The comments and decorators directly above a line, by how such lines begin. */
function linesAttached(text: string, line: Line): Line[] {
  const above = lineAbove(text, line.from);
  const isAttached = above && /^(\/\/|\/?\*|@|#)/.test(text.slice(above.from, above.to));
  if (!isAttached || nextLine(text, above.to) !== lineFrom(text, line.from)) return [];
  return [...linesAttached(text, above), above];
}

/** The text of `chunk`, in which only the blocks' own lines are not blank. */
function keepLines(text: string, chunk: Span, blocks: readonly Block[]): string {
  const kept = new Set<number>();
  for (const { opening, closing } of blocks)
    for (const line of [...opening, closing]) kept.add(lineFrom(text, line.from));
  let result = '';
  for (let from = chunk.from; from < chunk.to; from = nextLine(text, from)) {
    const line = text.slice(from, Math.min(nextLine(text, from), chunk.to));
    result += kept.has(from) ? line : line.replace(/[^\r\n]/g, ' ');
  }
  return result;
}

function isClosing(text: string, { from }: Line): boolean {
  return /[)\]}]/.test(text[from]!);
}

function linesOf(text: string, { from, to }: Span): Line[] {
  const lines: Line[] = [];
  const first = lineAt(text, from);
  for (
    let line = first ?? lineBelow(text, from);
    line && line.from - line.indent <= to;
    line = lineBelow(text, line.to)
  )
    lines.push(line);
  return first || from < to ? lines : [];
}

/** The line of `offset`, unless it is blank. */
function lineAt(text: string, offset: number): Line | undefined {
  const start = lineFrom(text, offset);
  const to = lineTo(text, offset);
  const from = skipBlanks(text, start, to);
  return from < to ? { from, to, indent: from - start } : undefined;
}

/** The next line above that of `offset` that is not blank. */
function lineAbove(text: string, offset: number): Line | undefined {
  const end = skipBlanksBack(text, lineFrom(text, offset));
  return end > 0 ? lineAt(text, end - 1) : undefined;
}

/** The next line below that of `offset` that is not blank. */
function lineBelow(text: string, offset: number): Line | undefined {
  const from = skipBlanks(text, nextLine(text, offset));
  return from < text.length && nextLine(text, offset) > lineTo(text, offset) ? lineAt(text, from) : undefined;
}
