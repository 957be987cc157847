// Finds comments that stand for code which the model left out ("rest unchanged").

import { type KnownLines, newLines } from './changed-lines.ts';

/** How comments open, in any language. A sign that means something else (`#field`, `a % b`) does no harm: the text behind it must be one of `phrases` too. */
const commentOpening = /\/\/+|\/\*+|#+|--+|<!--|\(\*|^;+|^%+|^"""|^'''/g;

const things =
  'code|function|functions|method|methods|class|classes|file|body|implementation|logic|component|lines?|imports?|cases?|content|fields|properties|props|parts?';
const stays =
  'unchanged|omitted|elided|the same|same as (?:before|above)|as before|as is|as-is|stays?|remains?|goes here|go here|here';

/** The same in other human languages, where a comment says nothing else. */
const elsewhere = [
  '(?:der |alles |bleibt )?(?:rest )?(?:bleibt )?(?:wie (?:bisher|zuvor|vorher)|unverändert)',
  '(?:le reste )?(?:est |reste )?(?:comme (?:avant|précédemment)|inchangée?s?)',
  '(?:el resto |todo )?(?:igual que antes|como antes|sin cambios)',
  '(?:o resto )?(?:igual a antes|como antes|sem alterações)|(?:il resto )?(?:come prima|invariato|senza modifiche)',
  '(?:остальное )?(?:как (?:раньше|было)|без изменений)|bez zmian|jak (?:wcześniej|poprzednio)',
  '(?:其余)?(?:保持不变|不变|与之前相同|和之前一样|同上)|(?:以下)?(?:変更なし|以前と同じ|省略)|변경 없음|이전과 동일',
].join('|');

/** What such comments say. Most are anchored at both ends, so that a comment which merely uses these words does not match. */
const phrases: readonly RegExp[] = [
  // "...", "... existing code ...", "… (rest)"; but not "...and then", which goes on with a sentence, nor "<...>".
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
  /^\W*(?:(?:exactly |just )?(?:as|like) (?:it was )?before|(?:as|like) in the original|identical to (?:before|the (?:original|old) (?:code|version|one)|the original))\W*$/i,
  new RegExp(`^[\\s([…]*(?:${elsewhere})[\\s)\\].…]*$`, 'iu'),
  /\b(?:rest|remaining|existing|other)\b.*(?:\.{3}|…)\W*$/i,
];

/** The first new line of `after` that stands for code left out. */
export function findPlaceholder(known: KnownLines, after: string): string | undefined {
  return newLines(known, after).find(isOmission);
}

/** Whether a line is, or ends in, a comment that stands for code left out. */
function isOmission(line: string): boolean {
  // A line of a documentation comment: an example in it may be shortened.
  if (line.trimStart().startsWith('*')) return false;
  // A longer line is prose or data; the limit also bounds the time of the patterns.
  const text = line.trim().slice(0, 300);
  return [...text.matchAll(commentOpening)].some(
    ({ index, 0: sign }) => !inString(text.slice(0, index)) && isOmissionText(text.slice(index + sign.length)),
  );
}

function isOmissionText(comment: string): boolean {
  const text = comment.replace(/(?:\*\/\}?|-->|\*\)|"""|''')\s*$/, '').trim();
  return text !== '' && phrases.some((phrase) => phrase.test(text));
}

/** Whether a string is open at the end of `before`, so that what looks like a comment there is text. */
const inString = (before: string): boolean => ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
