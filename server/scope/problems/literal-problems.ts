// Strings and comments that nothing closes, as a tree shows them: as a token that stands alone, or as one that ends with the beginning of another.

import type { Span } from '../../text/span.ts';
import { lineEnd } from '../line-spans.ts';
import { type Finding, openComment, openString, type PlacedText } from './problem-words.ts';
import type { TreeTokens } from './tree-tokens.ts';

export interface LiteralOptions {
  /** The block comments' brackets of the language, if it has any. */
  readonly block?: readonly [open: string, close: string] | undefined;
  /** The text of the scope in which the strings are closed: one that stands in there is none of those that are not. */
  readonly sound: PlacedText | undefined;
}

/** Comments before strings, each in order. */
export function literalFindings(tokens: TreeTokens, text: PlacedText, { block, sound }: LiteralOptions): Finding[] {
  const { whole, to } = text;
  const beginsComment = ({ from }: Span) => block !== undefined && whole.startsWith(block[0], from);
  const isOpenComment = ({ from }: Span) => {
    const close = whole.indexOf(block![1], from + block![0].length);
    return close < 0 || close >= to;
  };
  const late = tokens.long.filter((one) => one.to > to);
  const comments = [...tokens.loose, ...tokens.errors, ...late].filter(
    (one) => beginsComment(one) && isOpenComment(one),
  );
  const missing = tokens.errors.filter(({ isMissing, type }) => isMissing && /^["'`]|string_end/.test(type));
  const open = openQuotes(
    tokens.loose.filter((one) => !beginsComment(one)),
    text,
  );
  const odd = [...open, ...late.filter((one) => !beginsComment(one))].filter(
    ({ from }) => !sound || isOdd(whole[from]!, text, sound),
  );
  /** Where one quote is odd, it may be the strings before it that end where others begin. */
  const unknown = tokens.long.filter((one) => !sound?.whole.includes(whole.slice(one.from, one.to)));
  const isLikely = (one: Span, other: Span) => other.from < one.from && whole[other.from] === whole[one.from];
  const strings = [...missing, ...odd.map((one) => unknown.find((other) => isLikely(one, other)) ?? one)];
  return [...findings(comments, openComment), ...findings(strings, openString)];
}

/** Whether a text has one quote more or less than another, counted by two: if not, the parser has mistaken one for the beginning of a string. */
function isOdd(quote: string, text: PlacedText, other: PlacedText): boolean {
  const count = ({ whole, from, to }: PlacedText) =>
    whole
      .slice(from, to)
      .replace(/\\[\s\S]/g, '')
      .split(quote).length;
  return !'"`'.includes(quote) || (count(text) - count(other)) % 2 !== 0;
}

function findings(spans: readonly Span[], what: string): Finding[] {
  return spans.map(({ from }) => ({ at: from, what })).sort((a, b) => a.at - b.at);
}

/** Those of `loose` that no other of the same quotes closes: on its line, or anywhere in the text where such strings may have several. */
function openQuotes(loose: readonly Span[], { whole, to }: PlacedText): Span[] {
  const closing = new Set<number>();
  return loose.filter(({ from, to: behind }) => {
    const [quote = ''] = /["'`]+$/.exec(whole.slice(from, behind)) ?? [];
    if (quote === '' || closing.has(from)) return false;
    const end = quote.length > 1 || quote === '`' ? to : Math.min(lineEnd(whole, from), to);
    const rest = whole.slice(behind, end).replace(/\\[\s\S]/g, '  ');
    const found = rest.indexOf(quote);
    if (found >= 0) closing.add(behind + found);
    return found < 0;
  });
}
