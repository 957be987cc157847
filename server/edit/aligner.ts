// Finds, line by line, which part of the base each line of the new text stands for. Never goes back on what it has said.

import type { BaseLines } from './base-lines.ts';

/** Base lines `fromA`..`toA` became the new lines `lines`; everything between one piece and the next is kept as it is. */
export interface Piece {
  readonly fromA: number;
  readonly toA: number;
  readonly lines: readonly string[];
}

/** At most this many places of one repeated line are tried, the nearest first, so that the work per line is bounded. */
const MAX_PLACES = 16;

export class Aligner {
  private readonly base: BaseLines;
  private readonly places = new Map<string, number[]>();
  /** The first base line that is not accounted for. */
  private next = 0;
  private pending: string[] = [];

  constructor(base: BaseLines) {
    this.base = base;
    base.texts.forEach((text, index) => {
      const key = text.trim();
      const known = this.places.get(key);
      if (known) known.push(index);
      else this.places.set(key, [index]);
    });
  }

  push(line: string): Piece[] {
    if (this.pending.length === 0 && line === this.base.texts[this.next]) {
      this.next++;
      return [];
    }
    this.pending.push(line);
    const run = this.findRun(line);
    return run ? this.close(run.end - run.length + 1, run.length) : [];
  }

  finish(): Piece[] {
    const total = this.base.texts.length;
    if (this.pending.length === 0 && this.next === total) return [];
    const piece = { fromA: this.next, toA: total, lines: this.pending };
    this.pending = [];
    this.next = total;
    return [piece];
  }

  /** Units of text whose place is not known yet. */
  get waiting(): number {
    return this.pending.reduce((sum, line) => sum + line.length + 1, 0);
  }

  private close(matchA: number, length: number): Piece[] {
    const inserted = this.pending.length - length;
    const pieces: Piece[] = [];
    if (inserted > 0 || matchA > this.next)
      pieces.push({ fromA: this.next, toA: matchA, lines: this.pending.slice(0, inserted) });
    for (let i = 0; i < length; i++) {
      const line = this.pending[inserted + i]!;
      if (line !== this.base.texts[matchA + i]) pieces.push({ fromA: matchA + i, toA: matchA + i + 1, lines: [line] });
    }
    this.next = matchA + length;
    this.pending = [];
    return pieces;
  }

  /** The best run of equal lines that ends with the newest line, if it is worth trusting. */
  private findRun(line: string): { end: number; length: number } | undefined {
    let tried = 0;
    for (const end of this.places.get(line.trim()) ?? []) {
      if (end < this.next) continue;
      if (++tried > MAX_PLACES) return undefined;
      const { length, score } = this.measure(end);
      const skipped = end - length + 1 - this.next;
      const inserted = this.pending.length - length;
      if (score >= 1 + 0.08 * (skipped - inserted)) return { end, length };
    }
    return undefined;
  }

  private measure(end: number): { length: number; score: number } {
    const shift = indentOf(this.pending.at(-1)!) - indentOf(this.base.texts[end]!);
    let score = 0;
    let length = 0;
    while (length < this.pending.length && end - length >= this.next) {
      const line = this.pending[this.pending.length - 1 - length]!;
      const old = this.base.texts[end - length]!;
      if (line.trim() !== old.trim() || (line.trim() !== '' && indentOf(line) - indentOf(old) !== shift)) break;
      score += this.weigh(line.trim());
      length++;
    }
    return { length, score: shift === 0 ? score : score * 0.9 };
  }

  private weigh(key: string): number {
    if (key === '') return 0.1;
    if (!/\w.*\w/.test(key)) return 0.25;
    return this.places.get(key)?.length === 1 ? 1.2 : 0.7;
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
