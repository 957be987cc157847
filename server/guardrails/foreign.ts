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

const fence = /^(?:`{3,}|~{3,})/;
const conflictMarker = /^(?:<{7}|>{7}|\|{7})(?:\s|$)/;
const formatTag = /^<\/?(?:scope(?:-\d+)?(?:\s+path=.*)?|instruction|refuse|no-change\s*\/?)>|^<import>.*<\/import>$/;
const chat =
  /^(?:(?:sure|certainly|of course|absolutely|okay)\b[,.!:]|here(?:'s|’s| is| are)\b.*[:.]$|(?:i|we)(?:'ve|’ve| have)? (?:have |also )?(?:added|updated|changed|fixed|refactored|removed|replaced|renamed|simplified|made|rewrote|rewritten|modified|implemented)\b|(?:the|this) (?:updated|modified|refactored|new|revised|following|above|changed) (?:code|function|version|implementation|class|method)\b|(?:below is|let me|as requested|i hope|hope this|explanation:|changes made:|key changes:))/i;

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
  if (lines.some((line) => fence.test(line))) return 'a Markdown fence';
  const all = linesOf(after)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const edges = [...(atStart ? all.slice(0, 1) : []), ...(atEnd ? all.slice(-1) : [])];
  return edges.some((line) => !known.has(line) && chat.test(line)) ? 'words of a chat' : undefined;
}
