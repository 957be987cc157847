// Texts of an editor that makes one edit of ours line by line, and tells of what it has so far (Vim with yegappan/lsp).

import { trim } from '../text/diff.ts';

/**
 * Whether nothing in `next` differs from `previous` but our own places: it begins, in whole lines, as `whole` does, the text with our edits, and goes
 * on as `previous`, or the other way round, with some of what we changed in it and some not.
 */
export function isHalfway(previous: string, whole: string, next: string): boolean {
  return isJoinOf(whole, previous, next) || isJoinOf(previous, whole, next);
}

/** Whether `next` is the beginning of one text and the end of the other, which may be nothing, cut between two lines, and neither of them. */
function isJoinOf(first: string, second: string, next: string): boolean {
  if (next === first || next === second) return false;
  const begins = trim(first, next);
  const ends = trim(second, next);
  // Both are read as far as they go: the cut is behind the line with what the second lacks, and before what the first lacks.
  const cut = next.indexOf('\n', Math.max(ends.from, ends.toB - 1)) + 1 || next.length;
  return cut <= begins.from;
}
