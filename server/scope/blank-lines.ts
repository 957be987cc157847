// Places to insert: blank lines between two statements of a file, or between two members of a class.

import type { Span } from '../text/span.ts';
import type { Node } from './grammar.ts';
import { breaksBetween, nextLine, skipBlanks, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';

/** Where new code goes on a blank line that is between two items and inside none; undefined if the line at `offset` is not such a one. */
export function insertionAt(parsed: ParsedText, offset: number): Span | undefined {
  const at = middleOfBlankLines(parsed.text, offset);
  return isBetweenItems(parsed, at) ? { from: at, to: at } : undefined;
}

/** Whether `offset`, on a blank line, lies directly in the body of a file, a class or a namespace. */
function isBetweenItems(parsed: ParsedText, offset: number): boolean {
  const path = [...parsed.nodesAround(offset)];
  while (path.length > 1 && isWhiteSpace(parsed, path.at(-1)!)) path.pop();
  const { items, holder } = parsed.grammar.manifest.nodes;
  const [outer, body] = path.slice(-2);
  return path.length < 2 || (items.includes(body!.type) && holder.includes(outer!.type));
}

/** Line breaks are tokens, and end lists of statements, in some grammars. */
function isWhiteSpace({ text }: ParsedText, { startIndex, endIndex }: Node): boolean {
  return skipBlanks(text, startIndex, endIndex) === endIndex;
}

/** The start of one of the blank lines around `offset`: of one that one, of two the second, of more a middle one. So one stays on each side where there are enough. */
function middleOfBlankLines(text: string, offset: number): number {
  const above = skipBlanksBack(text, offset);
  const below = skipBlanks(text, offset);
  const first = above === 0 ? 0 : nextLine(text, above);
  const count = breaksBetween(text, first, below) + (below === text.length ? 1 : 0);
  let at = first;
  for (let n = count >> 1; n > 0; n--) at = nextLine(text, at);
  return at;
}
