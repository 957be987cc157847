// The one table of characters that a reader can't see: bidirectional controls, zero-width and default-ignorable characters, control codes.

import { isSpelling } from './joiners.ts';

/**
 * Characters that an editor does not draw, or that change how their neighbours are drawn. Left out: \t, \n, \f and \r\n, which are white space, and U+0600 to
 * U+08E2, which are visible number signs although Unicode calls them format characters.
 */
const invisible =
  /(?![\t\n\f\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u2800\ufff9-\ufffb]|\r(?!\n)/gu;

const pictographBefore = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u;
const pictographAfter = /^\p{Extended_Pictographic}/u;
const isKeycap = /[0-9#*]$/;

/** The flag of a part of a country, such as England: a black one, and a code in tag characters. */
const blackFlag = '\u{1f3f4}';
const taggedCode = /[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/uy;

/** One invisible character: `at` is its UTF-16 offset. */
export interface Invisible {
  readonly at: number;
  readonly character: string;
}

/** All invisible characters of `text`, in order. Left out is what makes up an emoji, and what a word of some script is spelled with. */
export function findInvisible(text: string): Invisible[] {
  const found: Invisible[] = [];
  let flagEnd = 0;
  for (const { index: at, 0: character } of text.matchAll(invisible)) {
    if (at < flagEnd) continue;
    flagEnd = endOfFlag(text, at);
    const isEmoji = isPartOfEmoji(character, text.slice(Math.max(0, at - 3), at), text.slice(at + 1, at + 4));
    if (at >= flagEnd && !isEmoji && !isSpelling(text, at)) found.push({ at, character });
  }
  return found;
}

/** Where the tag characters of a flag end that begin at `at`; 0 if there are none. */
function endOfFlag(text: string, at: number): number {
  if (!text.startsWith(blackFlag, at - blackFlag.length)) return 0;
  taggedCode.lastIndex = at;
  return taggedCode.test(text) ? taggedCode.lastIndex : 0;
}

function isPartOfEmoji(character: string, before: string, after: string): boolean {
  if (character === '\u200d') return pictographBefore.test(before) && pictographAfter.test(after);
  if (character === '\ufe0e') return /\p{Extended_Pictographic}$/u.test(before);
  if (character !== '\ufe0f') return false;
  return /\p{Extended_Pictographic}$/u.test(before) || (isKeycap.test(before) && after.startsWith('\u20e3'));
}
