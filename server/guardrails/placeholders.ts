// "Rest unchanged": comments that stand for code that a model left out.

import { type KnownLines, newLines } from './lines.ts';

/** How comments open, in any language; what a sign means elsewhere (`#field`, `a % b`) does no harm, because what follows must be a saying. */
const opening = /\/\/+|\/\*+|#+|--+|<!--|\(\*|^;+|^%+|^"""|^'''/g;

const things =
  'code|function|functions|method|methods|class|classes|file|body|implementation|logic|component|lines?|imports?|cases?|content|fields|properties|props|parts?';
const stays =
  'unchanged|omitted|elided|the same|same as (?:before|above)|as before|as is|as-is|stays?|remains?|goes here|go here|here';

/** What such comments say. Each is anchored, so that a comment which merely uses these words is not meant. */
const sayings: readonly RegExp[] = [
  // "...", "... existing code ...", "… (rest)"; but "...and then" goes on with a sentence, and "<...>" is a sign.
  /^[\s([{]*(?:\.{3}|…)(?:[\s)\].]|$)/,
  new RegExp(
    `^\\W*(?:the |your |all )?(?:rest|remainder|remaining|existing|other|previous|original|everything else)\\b.{0,60}\\b(?:${stays})\\W*$`,
    'i',
  ),
  new RegExp(`^\\W*(?:the )?(?:rest|remainder) of (?:the |your |this )?(?:\\w+ ){0,2}(?:${things})\\W*$`, 'i'),
  new RegExp(`^\\W*(?:the )?(?:existing|remaining|previous|original) (?:\\w+ )?(?:${things})\\W*$`, 'i'),
  new RegExp(`^\\W*(?:the )?(?:${things}) (?:${stays})(?: for brevity)?\\W*$`, 'i'),
  /^\W*(?:add |insert |put |write )?(?:your |the |actual )?(?:code|implementation|logic)(?: goes)? here\W*$/i,
  /^\W*(?:unchanged|no changes?(?: here)?|same as before|(?:omitted|snipped?|truncated)(?: for brevity)?)\W*$/i,
  /\b(?:rest|remaining|existing|other)\b.*(?:\.{3}|…)\W*$/i,
];

/** The first new line of `after` that stands for code left out. */
export function findPlaceholder(known: KnownLines, after: string): string | undefined {
  return newLines(known, after).find(isPlaceholder);
}

/** Whether a line is, or ends in, a comment that stands for code left out. */
export function isPlaceholder(line: string): boolean {
  // Inside a documentation comment the code of an example may well be shortened.
  if (line.trimStart().startsWith('*')) return false;
  // What is longer is prose or data; the bound also keeps the patterns fast.
  const text = line.trim().slice(0, 300);
  return [...text.matchAll(opening)].some(
    ({ index, 0: sign }) => !inString(text.slice(0, index)) && standsForCode(text.slice(index + sign.length)),
  );
}

function standsForCode(comment: string): boolean {
  const said = comment.replace(/(?:\*\/\}?|-->|\*\)|"""|''')\s*$/, '').trim();
  return said !== '' && sayings.some((saying) => saying.test(said));
}

/** Whether a quote is open behind `before`, so that what looks like a comment is text. */
const inString = (before: string): boolean => ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
