// How much two texts must have in common before that means anything.

import { Comparable } from '../text/similarity.ts';
import type { OldLines } from './old-lines.ts';

const MOVE = 0.6;
const FREE = 60;
const MAX_UNITS = 2000;

/**
 * The share of an old text's units that a new text `ratio` times as long contains in order by chance: 0.34 for code as long as itself and
 * 0.12 more for each doubling (medians over pairs of unrelated stretches of code).
 */
export function chance(ratio: number): number {
  return Math.min(0.95, Math.max(0.2, 0.34 + 0.12 * Math.log2(ratio)));
}

export function isWorthSkipping(old: OldLines, at: number, pending: readonly string[], length: number): boolean {
  const skipped = old.size(old.next, at);
  if (skipped < FREE) return true;
  const inserted = bare(pending.slice(0, -length));
  const matched = bare(pending.slice(-length)).length;
  if (matched >= MOVE * (skipped - FREE)) return true;
  if (inserted.length === 0 || skipped + inserted.length > MAX_UNITS) return false;
  const lines: string[] = [];
  for (let line = old.next; line < at; line++) lines.push(old.key(line));
  const expected = chance(inserted.length / skipped);
  const common = new Comparable(inserted).common(lines.join('\n'));
  const explained = Math.max(0, common - expected * skipped) / (1 - expected);
  return matched >= MOVE * (skipped - explained - FREE);
}

export function bare(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join('\n');
}
