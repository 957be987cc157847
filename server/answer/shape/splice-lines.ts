// Puts lines of an answer between lines of the scope, in the indentation of the scope.

import { indentOf } from '../../text/lines.ts';
import type { Placement } from './fragment.ts';
import { columnOf } from './line-kinds.ts';

/** The scope's whole new text. `lines`: the scope's; `unit`: one level of indentation, if the document has any. */
export function splice(
  fragment: readonly string[],
  { from, to, pairs }: Placement,
  { lines, unit }: { readonly lines: readonly string[]; readonly unit?: string | undefined },
): string[] {
  const width = ownWidth(fragment);
  let near = pairs.findIndex((line) => line >= 0);
  const indented = fragment.map((text, i) => {
    const pair = pairs[i]!;
    if (text.trim() === '') return '';
    // The first line may have lost its indentation: the others are not measured by it.
    const isMeasure = pair >= 0 && (i > 0 || near === 0);
    if (isMeasure) near = i;
    if (pair >= 0) return indentOf(lines[pair]!) + text.trimStart();
    if (near < 0) return text;
    const measure = { answer: fragment[near]!, document: lines[pairs[near]!]! };
    return indentBeside(text, measure, { width, unit }) + text.trimStart();
  });
  return [...lines.slice(0, from), ...indented, ...lines.slice(to)];
}

interface Widths {
  /** Columns of one level in the answer. */
  readonly width: number;
  readonly unit: string | undefined;
}

/** The indentation of a new line, by that of a line near it that both texts have. */
function indentBeside(text: string, near: { answer: string; document: string }, { width, unit }: Widths): string {
  const from = indentOf(near.answer);
  const to = indentOf(near.document);
  const own = indentOf(text);
  if (own.startsWith(from) && (own === from || !unit || isOf(own.slice(from.length), unit)))
    return to + own.slice(from.length);
  const levels = Math.round((columnOf(text) - columnOf(near.answer)) / width);
  const step = unit ?? ' '.repeat(width);
  return levels >= 0 ? to + step.repeat(levels) : to.slice(0, Math.max(0, to.length + levels * step.length));
}

/** Whether white space is of the kind that a document is indented with. */
function isOf(space: string, unit: string): boolean {
  return space.includes('\t') === unit.includes('\t');
}

/** The least difference between two indentations of a text, in columns; 4 if there is none. */
function ownWidth(lines: readonly string[]): number {
  const columns = [...new Set(lines.filter((line) => line.trim() !== '').map(columnOf))].sort((a, b) => a - b);
  const steps = columns.slice(1).map((column, i) => column - columns[i]!);
  return steps.length > 0 ? Math.min(...steps) : 4;
}
