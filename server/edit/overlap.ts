// What the waiting lines have in common with the base ahead of them, by words and without indentation: for each of them and each place.

import { Comparable } from '../text/similarity.ts';
import { indentOf } from './indent.ts';
import type { OldLines } from './old-lines.ts';

/** So many units of the base ahead are looked at, so that the work for a line is bounded. */
const WINDOW = 2000;
/** So many inserted lines are remembered. */
const REMEMBERED = 5;
const NEW_BLANK = '\x01';

export class Overlap {
  /** The lines ahead as codes, without their indentation, each with a line break. */
  readonly ahead: string;
  /** The line that `ahead` starts with. */
  readonly first: number;
  private readonly old: OldLines;
  /** `ends[i]`: where in `ahead` line `first` + i starts. */
  private readonly ends: number[] = [0];
  private readonly comparable: Comparable;
  private readonly snapshots: Int32Array[];
  private readonly sizes: number[] = [0];

  /**
   * From the line of `old` that is next now. What was `inserted` just before counts as in common: the base lines that it is like are not likely
   * to come again.
   */
  constructor(old: OldLines, inserted: readonly string[]) {
    this.old = old;
    this.first = old.next;
    let ahead = '';
    for (let line = old.next; line < old.count && ahead.length < WINDOW; line++) {
      ahead += `${old.code(line)}\n`;
      this.ends.push(ahead.length);
    }
    this.ahead = ahead;
    this.comparable = new Comparable(ahead);
    for (const line of inserted.slice(-REMEMBERED)) this.comparable.feed(this.code(`${line.trim()}\n`));
    this.snapshots = [this.comparable.snapshot()];
  }

  /** The line behind the last one that is looked at. */
  get last(): number {
    return this.first + this.ends.length - 1;
  }

  /** Waiting lines that are known. */
  get count(): number {
    return this.snapshots.length - 1;
  }

  push(line: string): void {
    const code = this.code(`${line.trim()}\n`);
    this.comparable.feed(code);
    this.sizes.push(this.sizes.at(-1)! + code.length);
    this.snapshots.push(this.comparable.snapshot());
  }

  /** The code of new text without indentation. */
  code(text: string): string {
    return this.old.words.code(text, NEW_BLANK);
  }

  /** Units of the first `count` waiting lines. */
  size(count: number): number {
    return this.sizes[count]!;
  }

  /** Where in `ahead` a line starts. */
  start(line: number): number {
    return this.ends[line - this.first]!;
  }

  /** What the first `count` waiting lines and `ahead` up to `reach` have in common. */
  common(count: number, reach: number): number {
    return this.comparable.ownPrefix(this.snapshots[count]!, reach);
  }

  /** The same for every reach up to one, with `tail` (a code) behind the lines. */
  commonByReach(count: number, reach: number, tail = ''): Int32Array {
    if (tail === '') return this.comparable.ownPrefixes(this.snapshots[count]!, reach);
    this.comparable.restore(this.snapshots[count]!);
    this.comparable.feed(tail);
    const common = this.comparable.ownPrefixes(this.comparable.snapshot(), reach);
    this.comparable.restore(this.snapshots.at(-1)!);
    return common;
  }

  /** The offset into the base of a place in `ahead`. */
  offset(at: number): number {
    const line = this.lineAt(at);
    const inside = at - this.start(line);
    const start = this.old.start(line);
    return inside === 0 ? start : Math.min(start + indentOf(this.old.text(line)).length + inside, this.old.end(line));
  }

  private lineAt(at: number): number {
    let low = 0;
    for (let high = this.ends.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (this.ends[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return this.first + low;
  }
}
