// What the pending lines have in common with the base ahead of them: LCS lengths by words and without indentation, for each number of lines and each reach.

import { LcsText } from '../text/lcs.ts';
import { indentOf } from '../text/lines.ts';
import type { BaseLines } from './base-lines.ts';

/** UTF-16 units of the base ahead that are covered, to the end of the line: bounds the work for each line. */
const windowUnits = 2000;
/** How many of the inserted lines count. */
const maxInserted = 5;
/** White space in encoded new text; nothing in the base is encoded so. */
const newBlank = '\x01';

/** The line behind the last one ahead that is covered. */
export function lastAhead(base: BaseLines): number {
  let line = base.next;
  for (let units = 0; line < base.count && units < windowUnits; line++) units += base.key(line).length + 1;
  return line;
}

/** Offsets into `ahead` are called a reach: how much of the base ahead is meant. Encoded texts are as long as the texts themselves. */
export class OverlapTable {
  /** The base lines ahead, encoded, without their indentation, each with a line break. */
  readonly ahead: string;
  /** The line that `ahead` starts with. */
  readonly first: number;
  readonly #base: BaseLines;
  /** `starts[i]`: where in `ahead` line `first` + i starts. */
  readonly #starts: number[] = [0];
  readonly #lcs: LcsText;
  /** `rows[n]`: the LCS row after n pending lines. */
  readonly #rows: Int32Array[];
  readonly #sizes: number[] = [0];

  /**
   * Starts at the line of `base` that is next now. What was `inserted` just before counts as if it came first: the base lines that it resembles are not likely
   * to come again.
   */
  constructor(base: BaseLines, inserted: readonly string[]) {
    this.#base = base;
    this.first = base.next;
    let ahead = '';
    for (let line = base.next, end = lastAhead(base); line < end; line++) {
      ahead += `${base.encoded(line)}\n`;
      this.#starts.push(ahead.length);
    }
    this.ahead = ahead;
    this.#lcs = new LcsText(ahead);
    for (const line of inserted.slice(-maxInserted)) this.#lcs.append(this.encode(`${line.trim()}\n`));
    this.#rows = [this.#lcs.row()];
  }

  /** The line behind the last one that is covered. */
  get last(): number {
    return this.first + this.#starts.length - 1;
  }

  /** How many pending lines have been pushed. */
  get count(): number {
    return this.#rows.length - 1;
  }

  push(line: string): void {
    const encoded = this.encode(`${line.trim()}\n`);
    this.#lcs.append(encoded);
    this.#sizes.push(this.#sizes.at(-1)! + encoded.length);
    this.#rows.push(this.#lcs.row());
  }

  /** Encodes new text, which should have no indentation. */
  encode(text: string): string {
    return this.#base.encoder.encode(text, newBlank);
  }

  /** UTF-16 units of the first `count` pending lines. */
  size(count: number): number {
    return this.#sizes[count]!;
  }

  /** Where in `ahead` a base line starts. */
  start(line: number): number {
    return this.#starts[line - this.first]!;
  }

  /** UTF-16 units that the first `count` pending lines and `ahead` up to `reach` have in common. */
  common(count: number, reach: number): number {
    return this.#lcs.lcsOfPrefix(this.#rows[count]!, reach);
  }

  /** The same for every reach up to one, by reach; with `lookahead` (encoded) behind the lines. */
  commonByReach(count: number, reach: number, lookahead = ''): Int32Array {
    if (lookahead === '') return this.#lcs.lcsByPrefix(this.#rows[count]!, reach);
    this.#lcs.restoreRow(this.#rows[count]!);
    this.#lcs.append(lookahead);
    const common = this.#lcs.lcsByPrefix(this.#lcs.row(), reach);
    this.#lcs.restoreRow(this.#rows.at(-1)!);
    return common;
  }

  /** The offset into the base that a reach leads to. */
  offset(reach: number): number {
    const line = this.#lineAt(reach);
    const inside = reach - this.start(line);
    const start = this.#base.start(line);
    return inside === 0
      ? start
      : Math.min(start + indentOf(this.#base.text(line)).length + inside, this.#base.end(line));
  }

  #lineAt(reach: number): number {
    let low = 0;
    for (let high = this.#starts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= reach) low = middle;
      else high = middle - 1;
    }
    return this.first + low;
  }
}
