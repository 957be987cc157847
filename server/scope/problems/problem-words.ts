// The words for what is wrong in a text, and the comparison with what was wrong before.

import { printableLine } from '../../text/printable.ts';
import { breaksBetween, lineEnd, lineStart } from '../line-spans.ts';
import type { Problem } from '../scopes.ts';

/** Something wrong, at a UTF-16 offset of the text in which it was found. `what` in words for a person. */
export interface Finding {
  readonly at: number;
  readonly what: string;
}

/** A text of the scope in its place: `from` and `to` are UTF-16 offsets of `whole`. */
export interface PlacedText {
  readonly whole: string;
  readonly from: number;
  readonly to: number;
}

/** UTF-16 units of code that a reason quotes. */
const maxQuoted = 30;

export const notIndented = 'the indentation does not fit';
export const openString = 'a string is not closed';
export const openComment = 'the comment is not closed';
export const openBlock = 'the block is not closed';
export const emptyBlock = 'the block has no statement';
export const noMember = 'a statement stands where a member belongs';

/** Code in backticks, as Markdown has it: in one line, printable, cut at a blank where that is near. */
export function quotedCode(code: string): string {
  const line = printableLine(code, maxQuoted * 4);
  const shown = line.length > maxQuoted ? `${cutAtBlank(line)}…` : line;
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}

function cutAtBlank(line: string): string {
  const cut = line.slice(0, maxQuoted - 1).replace(/[\ud800-\udbff]$/, '');
  const blank = cut.lastIndexOf(' ');
  return blank > maxQuoted / 2 ? cut.slice(0, blank) : cut;
}

export const missing = (code: string) => `a ${quotedCode(code)} is missing`;
export const unexpected = (code: string) => `${quotedCode(code)} is not expected here`;
export const nothingBehind = (code: string) => `nothing follows ${quotedCode(code)}`;
export const notClosed = (code: string) => `${quotedCode(code)} is not closed`;
export const closesNothing = (code: string) => `${quotedCode(code)} closes nothing`;

/** The first that the base does not have on a line of the same text. Both in the order of importance. */
export function firstNew(
  found: readonly Finding[],
  text: string,
  before: readonly Finding[],
  base: string,
): Finding | undefined {
  const known = new Map<string, number>();
  const keyOf = (whole: string, { at, what }: Finding) => `${what}\n${lineAt(whole, at).trim()}`;
  for (const one of before) known.set(keyOf(base, one), (known.get(keyOf(base, one)) ?? 0) + 1);
  return found.find((one) => {
    const key = keyOf(text, one);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

/** The line that holds `offset`, without its line break. */
export function lineAt(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), lineEnd(text, offset));
}

/** With its line counted within the text of the scope; what lies outside is told at the nearest line of it. */
export function problemAt({ at, what }: Finding, { whole, from, to }: PlacedText): Problem {
  const offset = Math.min(Math.max(at, from), to);
  return { line: 1 + breaksBetween(whole, from, offset), what };
}
