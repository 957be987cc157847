// Finds the scopes around a place where a syntax error keeps the tree from showing them, e.g. while code is being typed. The lines that open and close the
// blocks around the place are told by their indentation and kept, everything else is blanked, and the rest parses again: the skeleton. Not for languages whose
// blocks are indentation alone: there tree-sitter's own error recovery does well enough.

import type { Span } from '../text/span.ts';
import { lineEnd, lineStart, nextLine, skipBlanks, skipBlanksBack } from './line-spans.ts';
import { ParsedText } from './parsed-text.ts';

/** A part of a text with the blocks around one place, everything else blanked; offset 0 is `at` in the text. The caller disposes of `parsed`. */
export interface Skeleton {
  readonly parsed: ParsedText;
  readonly at: number;
}

/** A line that is not blank; `from` is behind its indentation, `indent` how many units wide that is. */
interface CodeLine extends Span {
  readonly indent: number;
}

/** The lines that open and those that close one block. */
interface Block {
  readonly opening: readonly CodeLine[];
  readonly closing: CodeLine;
}

/** How many nested blocks are looked at. */
const maxBlocks = 12;

/** UTF-16 units of one skeleton: up to `maxBlocks` of them may be parsed. */
const maxUnits = 100_000;
/** Steps that reading a line costs. */
const lineSteps = 10;

/** A text whose lines are read within a budget. */
type BudgetedText = Pick<ParsedText, 'text' | 'budget'>;

/** The skeleton around `span` with as many outer blocks as parse without an error; undefined if none do. */
export function skeletonAround(source: ParsedText, span: Span): Skeleton | undefined {
  const { text, grammar, budget } = source;
  for (let blocks = blocksAround(source, span); blocks.length > 0; blocks = blocks.slice(1)) {
    const { opening, closing } = blocks.at(-1)!;
    const at = lineStart(text, opening[0]!.from);
    if (closing.to - at > maxUnits) return undefined;
    budget.spend((closing.to - at) / 10);
    const kept = keepLines(text, { from: at, to: closing.to }, blocks);
    const parsed = new ParsedText(grammar, kept, undefined, budget);
    if (!parsed.root.hasError) return { parsed, at };
    parsed.dispose();
  }
  return undefined;
}

/** The blocks around `span`, innermost first. The lines of `span` itself may open or close one. */
function blocksAround(source: BudgetedText, span: Span): Block[] {
  const { text } = source;
  const blocks: Block[] = [];
  const own = linesOf(source, span);
  let above = own[0] && !isClosing(text, own[0]) ? own[0] : lineAbove(source, span.from);
  let below = own[0] && isClosing(text, own[0]) ? own[0] : lineBelow(source, span.to);
  const near = own.length > 0 ? own : [above, below].filter((line) => line !== undefined);
  let indent = 1 + (own.length > 0 ? Math.min : Math.max)(...near.map((line) => line.indent));
  while (above && indent > 0 && blocks.length < maxBlocks) {
    if (above.indent < indent) {
      indent = above.indent;
      while (below && below.indent > indent) below = lineBelow(source, below.to);
      const opening = openingLines(source, above);
      above = opening[0]!;
      if (below?.indent === indent && isClosing(text, below))
        blocks.push({ opening: [...linesAttached(source, above), ...opening], closing: below });
    }
    above = lineAbove(source, above.from);
  }
  return blocks;
}

/** The lines from a block's head to `last`, which opens it: a line such as `} else {` or `): void {` closes what an earlier line has opened. */
function openingLines(source: BudgetedText, last: CodeLine): CodeLine[] {
  const { text } = source;
  const lines = [last];
  while (lines[0]!.indent > last.indent || isClosing(text, lines[0]!)) {
    const above = lineAbove(source, lines[0]!.from);
    if (!above || above.indent < last.indent) return [last];
    lines.unshift(above);
  }
  return lines;
}

/** The comments and decorators directly above a line, told by how such lines begin. */
function linesAttached(source: BudgetedText, line: CodeLine): CodeLine[] {
  const { text } = source;
  const above = lineAbove(source, line.from);
  const isAttached = above && /^(\/\/|\/?\*|@|#)/.test(text.slice(above.from, above.to));
  if (!isAttached || nextLine(text, above.to) !== lineStart(text, line.from)) return [];
  return [...linesAttached(source, above), above];
}

/** The text of `part` with all characters but those of the blocks' own lines blanked, so that offsets stay. */
function keepLines(text: string, part: Span, blocks: readonly Block[]): string {
  const kept = new Set<number>();
  for (const { opening, closing } of blocks)
    for (const line of [...opening, closing]) kept.add(lineStart(text, line.from));
  let result = '';
  for (let from = part.from; from < part.to; from = nextLine(text, from)) {
    const to = lineEnd(text, from, part.to);
    result += kept.has(from) ? text.slice(from, to) : ' '.repeat(to - from);
    result += text.slice(to, Math.min(nextLine(text, to), part.to));
  }
  return result;
}

function isClosing(text: string, { from }: CodeLine): boolean {
  return /[)\]}]/.test(text[from]!);
}

function linesOf(source: BudgetedText, { from, to }: Span): CodeLine[] {
  const lines: CodeLine[] = [];
  const first = lineAt(source, from);
  for (
    let line = first ?? lineBelow(source, from);
    line && line.from - line.indent <= to;
    line = lineBelow(source, line.to)
  )
    lines.push(line);
  return first || from < to ? lines : [];
}

/** The line of `offset`; undefined if it is blank. */
function lineAt({ text, budget }: BudgetedText, offset: number): CodeLine | undefined {
  budget.spend(lineSteps);
  const start = lineStart(text, offset);
  const to = lineEnd(text, offset);
  const from = skipBlanks(text, start, to);
  return from < to ? { from, to, indent: from - start } : undefined;
}

/** The next line above that of `offset` that is not blank. */
function lineAbove(source: BudgetedText, offset: number): CodeLine | undefined {
  const { text } = source;
  const end = skipBlanksBack(text, lineStart(text, offset));
  return end > 0 ? lineAt(source, end - 1) : undefined;
}

/** The next line below that of `offset` that is not blank. */
function lineBelow(source: BudgetedText, offset: number): CodeLine | undefined {
  const { text } = source;
  const from = skipBlanks(text, nextLine(text, offset));
  return from < text.length && nextLine(text, offset) > lineEnd(text, offset) ? lineAt(source, from) : undefined;
}
