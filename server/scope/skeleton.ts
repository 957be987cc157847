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

/** Longer stretches are not looked at: each of `MOST_BLOCKS` may be parsed. UTF-16 units. */
const MOST_UNITS = 100_000;
/** What looking at a line costs, which is copied as well. */
const LINE_STEPS = 10;

/** A text whose lines are looked at, at a price. */
type Page = Pick<Parsed, 'text' | 'effort'>;

/** The skeleton around `span` with as many blocks as parse without a fault; undefined if none do. */
export function skeletonAround(page: Parsed, span: Span): Skeleton | undefined {
  const { text, grammar, effort } = page;
  for (let blocks = blocksAround(page, span); blocks.length > 0; blocks = blocks.slice(1)) {
    const { opening, closing } = blocks.at(-1)!;
    const at = lineFrom(text, opening[0]!.from);
    if (closing.to - at > MOST_UNITS) return undefined;
    effort.spend((closing.to - at) / 10);
    const kept = keepLines(text, { from: at, to: closing.to }, blocks);
    const parsed = new Parsed(grammar, kept, undefined, effort);
    if (!parsed.root.hasError) return { parsed, at };
    parsed.dispose();
  }
  return undefined;
}

/** Innermost first. The line of `span` itself may open or close one. */
function blocksAround(page: Page, span: Span): Block[] {
  const { text } = page;
  const blocks: Block[] = [];
  const own = linesOf(page, span);
  let above = own[0] && !isClosing(text, own[0]) ? own[0] : lineAbove(page, span.from);
  let below = own[0] && isClosing(text, own[0]) ? own[0] : lineBelow(page, span.to);
  const near = own.length > 0 ? own : [above, below].filter((line) => line !== undefined);
  let indent = 1 + (own.length > 0 ? Math.min : Math.max)(...near.map((line) => line.indent));
  while (above && indent > 0 && blocks.length < MOST_BLOCKS) {
    if (above.indent < indent) {
      indent = above.indent;
      while (below && below.indent > indent) below = lineBelow(page, below.to);
      const opening = openingLines(page, above);
      above = opening[0]!;
      if (below?.indent === indent && isClosing(text, below))
        blocks.push({ opening: [...linesAttached(page, above), ...opening], closing: below });
    }
    above = lineAbove(page, above.from);
  }
  return blocks;
}

/** A line such as `} else {` or `): void {` closes what it does not open: from there on, downwards. */
function openingLines(page: Page, last: Line): Line[] {
  const { text } = page;
  const lines = [last];
  while (lines[0]!.indent > last.indent || isClosing(text, lines[0]!)) {
    const above = lineAbove(page, lines[0]!.from);
    if (!above || above.indent < last.indent) return [last];
    lines.unshift(above);
  }
  return lines;
}

/** The comments and decorators directly above a line, by how such lines begin. */
function linesAttached(page: Page, line: Line): Line[] {
  const { text } = page;
  const above = lineAbove(page, line.from);
  const isAttached = above && /^(\/\/|\/?\*|@|#)/.test(text.slice(above.from, above.to));
  if (!isAttached || nextLine(text, above.to) !== lineFrom(text, line.from)) return [];
  return [...linesAttached(page, above), above];
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

function linesOf(page: Page, { from, to }: Span): Line[] {
  const lines: Line[] = [];
  const first = lineAt(page, from);
  for (
    let line = first ?? lineBelow(page, from);
    line && line.from - line.indent <= to;
    line = lineBelow(page, line.to)
  )
    lines.push(line);
  return first || from < to ? lines : [];
}

/** The line of `offset`, unless it is blank. */
function lineAt({ text, effort }: Page, offset: number): Line | undefined {
  effort.spend(LINE_STEPS);
  const start = lineFrom(text, offset);
  const to = lineTo(text, offset);
  const from = skipBlanks(text, start, to);
  return from < to ? { from, to, indent: from - start } : undefined;
}

/** The next line above that of `offset` that is not blank. */
function lineAbove(page: Page, offset: number): Line | undefined {
  const { text } = page;
  const end = skipBlanksBack(text, lineFrom(text, offset));
  return end > 0 ? lineAt(page, end - 1) : undefined;
}

/** The next line below that of `offset` that is not blank. */
function lineBelow(page: Page, offset: number): Line | undefined {
  const { text } = page;
  const from = skipBlanks(text, nextLine(text, offset));
  return from < text.length && nextLine(text, offset) > lineTo(text, offset) ? lineAt(page, from) : undefined;
}
