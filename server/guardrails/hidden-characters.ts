// Finds invisible characters that an edit would bring in, and names them.

import { findInvisible, type Invisible } from '../text/invisible.ts';

const names: Readonly<Record<string, string>> = {
  '\u200b': 'zero-width space',
  '\u202e': 'right-to-left override',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\ufeff': 'byte order mark',
  '\u00ad': 'soft hyphen',
  '\r': 'carriage return',
};

/** `U+202E (right-to-left override)`. */
export function nameOf(character: string): string {
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = names[character];
  return name === undefined ? code : `${code} (${name})`;
}

/** The first invisible character of `after` that is not in `before`, compared as sequences: one that was there already may stay. */
export function introducedInvisible(before: string, after: string): Invisible | undefined {
  const old = findInvisible(before);
  let next = 0;
  return findInvisible(after).find(({ character }) => {
    while (next < old.length && old[next]!.character !== character) next++;
    return next++ >= old.length;
  });
}
