// The one table of characters that a reader can't see: bidirectional controls, zero-width and default-ignorable characters, control codes.

/**
 * Characters that an editor does not draw, or that change how their neighbours are drawn. Left out: \t, \n, \f and \r\n, which are white space, and U+0600 to
 * U+08E2, which are visible number signs although Unicode calls them format characters.
 */
const invisible =
  /(?![\t\n\f\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u2800\ufff9-\ufffb]|\r(?!\n)/gu;

const pictographBefore = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u;
const pictographAfter = /^\p{Extended_Pictographic}/u;
const isKeycap = /[0-9#*]$/;

/** One invisible character: `at` is its UTF-16 offset. */
export interface Invisible {
  readonly at: number;
  readonly character: string;
}

/** All invisible characters of `text`, in order; joiners and variation selectors that make up an emoji are left out. */
export function findInvisible(text: string): Invisible[] {
  const found: Invisible[] = [];
  for (const match of text.matchAll(invisible)) {
    const at = match.index;
    const character = match[0];
    if (!isPartOfEmoji(character, text.slice(Math.max(0, at - 3), at), text.slice(at + 1, at + 4)))
      found.push({ at, character });
  }
  return found;
}

function isPartOfEmoji(character: string, before: string, after: string): boolean {
  if (character === '\u200d') return pictographBefore.test(before) && pictographAfter.test(after);
  if (character === '\ufe0e') return /\p{Extended_Pictographic}$/u.test(before);
  if (character !== '\ufe0f') return false;
  return /\p{Extended_Pictographic}$/u.test(before) || (isKeycap.test(before) && after.startsWith('\u20e3'));
}
