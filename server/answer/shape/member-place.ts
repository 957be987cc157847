// Finds the place of one definition in the scope that holds it: one method, answered where the whole class was asked for.

import { indentOf } from '../../text/lines.ts';
import { declaredIn } from './declared-outline.ts';
import type { Placement } from './fragment.ts';
import { headOnly } from './head-only.ts';
import { blockEnd, columnOf, isDecoration } from './line-kinds.ts';
import { ScopeText } from './scope-text.ts';

export interface PlacedMember {
  /** The definition; its first line stands where it should, if it had lost its indentation. */
  readonly lines: readonly string[];
  readonly placement: Placement;
}

/** Undefined unless the answer is exactly one definition, of a name that the scope declares once, inside. `answer` has no blank lines at its ends. */
export function placeOfMember(
  answer: readonly string[],
  scope: ScopeText,
  instruction: string,
): PlacedMember | undefined {
  const [own, ...others] = declaredIn(answer).filter(({ path }) => path === '');
  if (!own || others.length > 0 || scope.hasOutermost(own.name)) return undefined;
  const [header, ...more] = scope.inner(own.name);
  if (header === undefined || more.length > 0) return undefined;
  if (declaringWord(scope.lines[header]!) !== declaringWord(own.key)) return undefined;
  const isDecorated = answer.slice(0, own.line).every((line) => isDecoration(line.trim()));
  if (!isDecorated || blockEnd(answer, own.line, own.column) !== answer.length) return undefined;
  const from = own.line === 0 ? header : decoratedFrom(scope.lines, header);
  if (scope.lines.slice(from, header).some((line) => isDecorator(line) && !hasLine(answer, line))) return undefined;
  const to = blockEnd(scope.lines, header, columnOf(scope.lines[header]!));
  const member = new ScopeText(scope.lines.slice(header, to).join('\n'), false);
  if (headOnly(answer.slice(own.line), member, instruction).kind !== 'whole') return undefined;
  return {
    lines: answer.map((line, i) =>
      i === own.line && columnOf(line) < own.column ? indented(line, own.column, answer) : line,
    ),
    placement: { from, to, pairs: answer.map((_, i) => (i === own.line ? header : -1)) },
  };
}

/** The keyword of a definition: what is a method in one place is no function in another. */
function declaringWord(line: string): string {
  return (
    /\b(?:function|def|defp|fn|func|fun|sub|proc|class|struct|interface|enum|trait|type|const|let|var)\b/.exec(
      line,
    )?.[0] ?? ''
  );
}

function decoratedFrom(lines: readonly string[], header: number): number {
  let from = header;
  while (from > 0 && lines[from - 1]!.trim() !== '' && isDecoration(lines[from - 1]!.trim())) from--;
  return from;
}

function isDecorator(line: string): boolean {
  return /^\s*(?:@|#\[|\[)/.test(line);
}

function hasLine(lines: readonly string[], line: string): boolean {
  return lines.some((each) => each.trim() === line.trim());
}

function indented(line: string, column: number, lines: readonly string[]): string {
  const other = lines.find((each) => each.trim() !== '' && columnOf(each) === column);
  return (other === undefined ? ' '.repeat(column) : indentOf(other)) + line.trimStart();
}
