// Finds parts of an answer that are not code and must not get into it: fences, markers of the answer formats, a chat's opening and closing words.

import { isProseLanguage } from '../text/language-kinds.ts';
import { OpenLiteral } from '../text/open-literal.ts';
import { type KnownLines, newLines, splitForCompare } from './changed-lines.ts';

/** Languages in which, as in prose, a line of seven = may underline a heading or be part of a documentation text. */
const underlineLanguages = new Set(['python', 'ruby', 'julia']);

const diffLanguages = new Set(['diff', 'patch', 'git-rebase']);

const fence = /^(?:`{3,}|~{3,})/;
const conflictMarker = /^(?:<{7}|>{7}|\|{7})(?:\s|$)/;
const formatTag = /^<\/?(?:scope(?:-\d+)?(?:\s+path=.*)?|instruction|refuse|no-change\s*\/?)>|^<import>.*<\/import>$/;
const diffHeader =
  /^(?:@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@|(?:---|\+\+\+) [ab]\/|\*{3} (?:Begin Patch|End Patch|Update File:))/;

/** How a chat's first or last sentence begins; no line of code does. */
const chatSentence = new RegExp(
  [
    '(?:sure|certainly|of course|absolutely|okay)\\b[,.!:]',
    "here(?:['’]s| is| are)\\b.*[:.]$",
    "(?:i|we)(?:['’](?:ve|ll|m|re)| have| will| am| are)\\b",
    '(?:i|we) (?:also |just )?(?:\\w+ed|made|rewrote|hope|kept)\\b',
    '(?:the|this) (?:updated|modified|refactored|new|revised|following|above|changed) (?:code|function|version|implementation|class|method)\\b',
    '(?:below is|let me|as requested|hope this|explanation:|changes made:|key changes:)',
  ]
    .map((opening) => `^${opening}`)
    .join('|'),
  'i',
);

export interface NonCodeInput {
  readonly known: KnownLines;
  /** The changed lines as they would read: whole lines. */
  readonly after: string;
  /** The whole scope as it would read: whether a line stands in a literal is told from its start. */
  readonly text: () => string;
  readonly languageId: string;
  /** Whether `after` begins, or ends, where the scope does: only there a chat's words are looked for, since they stand around the code. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** What was found, as a phrase for the user; undefined if nothing was. Lines that the base has too do not count. */
export function findNonCode({ known, after, text, languageId, atStart, atEnd }: NonCodeInput): string | undefined {
  const lines = newLines(known, after);
  if (lines.some((line) => conflictMarker.test(line) || formatTag.test(line))) return 'a marker of the answer format';
  const isProse = isProseLanguage(languageId);
  if (!isProse && !underlineLanguages.has(languageId) && lines.includes('======='))
    return 'a marker of the answer format';
  if (isProse) return undefined;
  if (!diffLanguages.has(languageId) && lines.some((line) => diffHeader.test(line))) return 'a diff';
  if (lines.some((line) => fence.test(line)) && hasFenceOutside(text(), lines)) return 'a Markdown fence';
  const all = splitForCompare(after)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const edges = [...(atStart ? all.slice(0, 1) : []), ...(atEnd ? all.slice(-1) : [])];
  return edges.some((line) => !known.has(line) && chatSentence.test(line)) ? 'words of a chat' : undefined;
}

/** Whether one of `lines`, trimmed, is a fence that stands in no literal: documentation may hold examples. */
function hasFenceOutside(text: string, lines: readonly string[]): boolean {
  const fences = new Set(lines.filter((line) => fence.test(line)));
  const literal = new OpenLiteral();
  return text.split('\n').some((line) => {
    const isInside = literal.isInside;
    literal.push(line);
    return !isInside && fences.has(line.trim());
  });
}
