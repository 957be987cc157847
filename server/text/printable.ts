// Makes text from outside fit to be shown in a terminal, a message, a menu or a log: characters that can't be seen, or that a terminal would obey, become
// visible escapes; what is too long is cut.

import { findInvisible } from './invisible.ts';

/** UTF-16 units of one message: more than any editor shows of it, few enough to be drawn at once. */
const maxPrintable = 2000;

/**
 * `text` with every control, bidirectional and zero-width character as its visible name (`\u{202E}`), and cut after `max` UTF-16 units. Tabs and line
 * breaks stay, and what makes up an emoji or joins the letters of a script that is written so.
 */
export function printable(text: string, max = maxPrintable): string {
  return escapeWith(
    truncateTo(text, max).replaceAll('\f', '\\u{C}'),
    (code) => `\\u{${code.toString(16).toUpperCase()}}`,
  );
}

/** The same in one line, white space collapsed. */
export function printableLine(text: string, max = maxPrintable): string {
  // White space collapses, so more than `max` units may be needed; 8 times as many bound the work where it is nothing but white space.
  return printable(
    text
      .slice(0, max * 8)
      .replace(/[ \t\r\n]+/g, ' ')
      .trim(),
    max,
  );
}

/** `value` as JSON, with the same characters written as JSON's own escapes: lossless for a parser, harmless in a terminal. */
export function printableJson(value: unknown): string {
  return escapeWith(JSON.stringify(value, null, 2), jsonEscape);
}

/** At most `max` UTF-16 units, ending in `…` where something was cut; never splits a surrogate pair. */
export function truncateTo(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function jsonEscape(code: number): string {
  const units = String.fromCodePoint(code).split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

function escapeWith(text: string, escapeOf: (code: number) => string): string {
  let escaped = '';
  let last = 0;
  for (const { at, character } of findInvisible(text)) {
    if (joinsLetters(text, at)) continue;
    escaped += text.slice(last, at) + escapeOf(character.codePointAt(0)!);
    last = at + character.length;
  }
  return escaped + text.slice(last);
}

/** U+200C and U+200D between letters of scripts whose spelling needs them, such as Persian and Hindi. */
function joinsLetters(text: string, at: number): boolean {
  return (
    /^[\u200c\u200d]$/.test(text[at]!) &&
    joinableLetter.test(text[at - 1] ?? '') &&
    joinableLetter.test(text[at + 1] ?? '')
  );
}

const joinableLetter = /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}]/u;
