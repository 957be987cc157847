// What a grammar takes and its language does not, by the grammar's query for faults: an empty block in Python, tags that differ in JSX.

import type { Query, QueryCapture, QueryMatch } from 'web-tree-sitter';
import type { Span } from '../text/span.ts';
import { assertQueryable, runQuery } from './bounded-query.ts';
import { indexRange, type Node } from './grammar.ts';
import { lineStart, skipBlanks, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';
import { type Finding, quotedCode } from './problems/problem-words.ts';
import { BudgetExceeded } from './work-budget.ts';

/** The predicates that tree-sitter does not have; their operands are nodes that were captured, in the order of the text, or strings. */
const predicates: Readonly<
  Record<string, (text: string, nodes: readonly Node[], strings: readonly string[]) => boolean>
> = {
  'indent-differs?': (text, [a, b]) => indentDiffers(text, a!, b!),
  'break-without-comma?': (text, [a, b]) => breaksWithoutComma(text, a!, b!),
  'nothing-follows?': (text, [node]) => nothingFollows(text, node!),
  'not-type?': (_, [node], types) => !types.includes(node!.type),
};

/** The faults that touch `span` (UTF-16 offsets) or the code next to it. None in a text that would cost too much to ask. */
export function countFaults(parsed: ParsedText, span: Span): number {
  return faultsAt(parsed, span).length;
}

/** The same with what the query says of each, in which `{}` stands for the code that it captures. */
export function faultFindings(parsed: ParsedText, span: Span): Finding[] {
  return faultsAt(parsed, span).map(({ captures, patternIndex }) => {
    const { startIndex, endIndex } = nodeOf(captures, 'fault');
    const code = parsed.text.slice(startIndex, endIndex);
    // A block without a statement is found behind its head: at the code below it.
    const at = code.trim() === '' ? Math.max(skipBlanksBack(parsed.text, startIndex) - 1, 0) : startIndex;
    const says = parsed.grammar.faults.setProperties[patternIndex]?.says ?? '{} is not expected here';
    return { at, what: says.replace('{}', () => quotedCode(code)) };
  });
}

function faultsAt(parsed: ParsedText, span: Span): QueryMatch[] {
  const window = withNeighbours(parsed.text, span);
  const { faults } = parsed.grammar;
  try {
    assertQueryable(parsed, window);
    const matches = runQuery(parsed, (progress) => faults.matches(parsed.root, { ...indexRange(window), ...progress }));
    return matches.filter((match) => holds(faults, match, parsed.text) && !isInError(parsed, match));
  } catch (error) {
    if (error instanceof BudgetExceeded) return [];
    throw error;
  }
}

/** A block that has become empty ends where its head does: before the blanks in front of the span. */
function withNeighbours(text: string, { from, to }: Span): Span {
  return { from: Math.max(skipBlanksBack(text, from) - 1, 0), to: Math.min(skipBlanks(text, to) + 1, text.length) };
}

/** Within an ERROR node the parser has put together what does not belong together: that is counted as an error already. */
function isInError(parsed: ParsedText, { captures: [captured] }: QueryMatch): boolean {
  if (!captured || !parsed.root.hasError) return false;
  for (const node of parsed.nodesAround(captured.node.startIndex)) if (node.isError) return true;
  return false;
}

function holds(query: Query, { patternIndex, captures }: QueryMatch, text: string): boolean {
  return query.predicatesForPattern(patternIndex).every(({ operator, operands }) => {
    const nodes = operands.flatMap((each) => (each.type === 'capture' ? nodeOf(captures, each.name) : []));
    const strings = operands.flatMap((each) => (each.type === 'string' ? each.value : []));
    return predicates[operator]!(text, nodes, strings);
  });
}

function nodeOf(captures: readonly QueryCapture[], wanted: string): Node {
  return captures.find(({ name }) => name === wanted)!.node;
}

/** Whether both are the first on their lines, in different columns. Comments may stand anywhere. */
function indentDiffers(text: string, a: Node, b: Node): boolean {
  const [above, below] = [indentOf(text, a), indentOf(text, b)];
  return above !== undefined && below !== undefined && above !== below && !a.isExtra && !b.isExtra;
}

function indentOf(text: string, { startIndex }: Node): string | undefined {
  const indent = text.slice(lineStart(text, startIndex), startIndex);
  return /\S/.test(indent) ? undefined : indent.replace(/[\uFEFF\f]/g, '');
}

/** Whether the line that `a` ends on ends without a comma, and `b` stands below it. */
function breaksWithoutComma(text: string, a: Node, b: Node): boolean {
  const between = text.slice(a.endIndex, b.startIndex).replace(comments, '');
  return !a.isExtra && /[\r\n]/.test(between) && !between.includes(',');
}

/** Whether there is nothing but comments behind it up to the bracket that closes what it stands in, or up to the end. */
function nothingFollows(text: string, { endIndex }: Node): boolean {
  const rest = /(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/.*(?:[\r\n]|$))*(?:[)\]}]|$)/y;
  rest.lastIndex = endIndex;
  return rest.test(text);
}

/** As in Go, Rust, C and their like. */
const comments = /\/\*[\s\S]*?\*\/|\/\/.*/g;
