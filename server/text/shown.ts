// Makes foreign words fit to be shown: in a terminal, a message, a menu, a log. What can't be seen, or would be obeyed, becomes visible; what is too long is cut.

import { findInvisible } from './invisible.ts';

/** UTF-16 units of one message: more than any editor shows of it, little enough to be drawn at once. */
export const maxShown = 2000;

/**
 * `text` with every control, bidirectional and zero-width character as its visible name (`\u{202E}`), and cut after `max` UTF-16 units. Tabs and line
 * breaks stay, and what makes up an emoji or joins the letters of a script that is written so.
 */
export function shown(text: string, max = maxShown): string {
  return escapeWith(cutTo(text, max).replaceAll('\f', '\\u{C}'), (code) => `\\u{${code.toString(16).toUpperCase()}}`);
}

/** The same in one line. */
export function shownLine(text: string, max = maxShown): string {
  // White space alone may be long: what is far behind the cut is never looked at.
  return shown(
    text
      .slice(0, max * 8)
      .replace(/[ \t\r\n]+/g, ' ')
      .trim(),
    max,
  );
}

/** `value` as JSON, with the same characters as JSON's own escapes: lossless for who parses it, harmless for who reads it in a terminal. */
export function shownJson(value: unknown): string {
  return escapeWith(JSON.stringify(value, null, 2), jsonEscape);
}

/** At most `max` UTF-16 units, with a sign that something is missing, and no half of a character. */
export function cutTo(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function jsonEscape(code: number): string {
  const units = String.fromCodePoint(code).split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

function escapeWith(text: string, say: (code: number) => string): string {
  let escaped = '';
  let last = 0;
  for (const { at, character } of findInvisible(text)) {
    if (joinsLetters(text, at)) continue;
    escaped += text.slice(last, at) + say(character.codePointAt(0)!);
    last = at + character.length;
  }
  return escaped + text.slice(last);
}

/** U+200C and U+200D between letters of scripts whose words need them, such as Persian and Hindi. */
function joinsLetters(text: string, at: number): boolean {
  return /^[\u200c\u200d]$/.test(text[at]!) && joined.test(text[at - 1] ?? '') && joined.test(text[at + 1] ?? '');
}

const joined = /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}]/u;
