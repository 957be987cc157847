// "Rest unchanged": comments that stand for code that a model left out.

import { type KnownLines, newLines } from './lines.ts';

/** From a comment's opening sign, in any language, to the end of the line. */
const comment = /(?:\/\/+|\/\*+|#+|--+|<!--|;+|%+|\(\*|^"""|^''')(.*)$/;

const things =
  'code|function|functions|method|methods|class|classes|file|body|implementation|logic|component|lines?|imports?|cases?|content|fields|properties|props|parts?';
const stays =
  'unchanged|omitted|elided|the same|same as (?:before|above)|as before|as is|as-is|stays?|remains?|goes here|go here|here';

/** What such comments say. Each is anchored, so that a comment which merely uses these words is not meant. */
const sayings: readonly RegExp[] = [
  // "...", "... existing code ...", "… (rest)"; but "...and then" goes on with a sentence.
  /^\W*?(?:\.{3}|…)\s*(?:$|\W|(?:the |your |all |some )?(?:rest|remaining|existing|other|previous|same|more|omitted|unchanged|etc)\b)/i,
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
  const said = comment.exec(line.trim().slice(0, 300))?.[1]?.replace(/(?:\*\/\}?|-->|\*\)|"""|''')\s*$/, '');
  return said !== undefined && said.trim() !== '' && sayings.some((saying) => saying.test(said.trim()));
}
