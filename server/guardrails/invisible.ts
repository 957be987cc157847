// Characters that a reader can't see: bidirectional controls, zero-width and default-ignorable characters, control codes.

/** What nobody sees in an editor or what changes how the rest is shown; \t, \n, \f and \r are white space, U+0600 to U+08E2 are visible number signs. */
const invisible =
  /(?![\t\n\f\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u2800\ufff9-\ufffb]|\r(?!\n)/gu;

const pictographBefore = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u;
const pictographAfter = /^\p{Extended_Pictographic}/u;
const isKeycap = /[0-9#*]$/;

const names: Readonly<Record<string, string>> = {
  '\u200b': 'zero-width space',
  '\u202e': 'right-to-left override',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\ufeff': 'byte order mark',
  '\u00ad': 'soft hyphen',
  '\r': 'carriage return',
};

/** One invisible character: `at` is its UTF-16 offset. */
export interface Invisible {
  readonly at: number;
  readonly character: string;
}

/** All of them in `text`, joiners and variation selectors that make up an emoji left out. */
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

/** `U+202E (right-to-left override)`. */
export function nameOf(character: string): string {
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = names[character];
  return name === undefined ? code : `${code} (${name})`;
}

/** The first invisible character that `after` has and `before` does not have in this order: what stays where it was is nothing new. */
export function introducedInvisible(before: string, after: string): Invisible | undefined {
  const old = findInvisible(before);
  let next = 0;
  return findInvisible(after).find(({ character }) => {
    while (next < old.length && old[next]!.character !== character) next++;
    return next++ >= old.length;
  });
}

function isPartOfEmoji(character: string, before: string, after: string): boolean {
  if (character === '\u200d') return pictographBefore.test(before) && pictographAfter.test(after);
  if (character === '\ufe0e') return /\p{Extended_Pictographic}$/u.test(before);
  if (character !== '\ufe0f') return false;
  return /\p{Extended_Pictographic}$/u.test(before) || (isKeycap.test(before) && after.startsWith('\u20e3'));
}
