// What belongs to an answer and not into code: fences, markers of the answer formats, a chat's opening and closing words.

import { type KnownLines, linesOf, newLines } from './lines.ts';

/** Languages in which fences and prose are the text itself. */
const prose = new Set([
  'markdown',
  'mdx',
  'plaintext',
  'restructuredtext',
  'asciidoc',
  'latex',
  'tex',
  'quarto',
  'rmd',
  'git-commit',
  'typst',
  'org',
]);

/** In these a line of seven = may be a heading or part of a documentation text. */
const underlines = new Set([...prose, 'python', 'ruby', 'julia']);

const diffs = new Set(['diff', 'patch', 'git-rebase']);

const fence = /^(?:`{3,}|~{3,})/;
const conflictMarker = /^(?:<{7}|>{7}|\|{7})(?:\s|$)/;
const formatTag = /^<\/?(?:scope(?:-\d+)?(?:\s+path=.*)?|instruction|refuse|no-change\s*\/?)>|^<import>.*<\/import>$/;
const diffHeader =
  /^(?:@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@|(?:---|\+\+\+) [ab]\/|\*{3} (?:Begin Patch|End Patch|Update File:))/;

/** How a chat opens or closes; no language has code that begins so. */
const chat = new RegExp(
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

export interface ForeignInput {
  readonly known: KnownLines;
  /** The whole lines that changed, as they would read. */
  readonly after: string;
  readonly languageId: string;
  /** Whether `after` begins, or ends, where the scope does: a chat's words stand around the code. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** What of an answer would get into the code, in words; undefined if nothing does. */
export function findForeign({ known, after, languageId, atStart, atEnd }: ForeignInput): string | undefined {
  const lines = newLines(known, after);
  if (lines.some((line) => conflictMarker.test(line) || formatTag.test(line))) return 'a marker of the answer format';
  if (!underlines.has(languageId) && lines.includes('=======')) return 'a marker of the answer format';
  if (prose.has(languageId)) return undefined;
  if (!diffs.has(languageId) && lines.some((line) => diffHeader.test(line))) return 'a diff';
  if (lines.some((line) => fence.test(line))) return 'a Markdown fence';
  const all = linesOf(after)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const edges = [...(atStart ? all.slice(0, 1) : []), ...(atEnd ? all.slice(-1) : [])];
  return edges.some((line) => !known.has(line) && chat.test(line)) ? 'words of a chat' : undefined;
}
