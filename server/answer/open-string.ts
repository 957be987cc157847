// Whether what stands in a line stands in a string: a guess for all languages, by counting.

import { OpenLiteral } from '../text/open-literal.ts';

/** Whether a string is open at the end of a line's beginning. */
export function endsInString(before: string): boolean {
  return ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
}

/** Whether what follows `before` is text in code: of a string over several lines, of a comment, or behind the beginning of one. */
export function beginsInText(before: string): boolean {
  const lines = before.split('\n');
  const last = lines.pop() ?? '';
  return (
    isInLiteral(lines) ||
    // One in the middle of a word is a pattern of paths.
    Math.max(...[' /*', '\n/*', '\t/*'].map((open) => before.lastIndexOf(open))) > before.lastIndexOf('*/') ||
    endsInString(last) ||
    /(?:\/\/|#|--|;;)/.test(last)
  );
}

function isInLiteral(lines: readonly string[]): boolean {
  const literal = new OpenLiteral();
  for (const line of lines) literal.push(line);
  return literal.isInside;
}
