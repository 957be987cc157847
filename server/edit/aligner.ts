// Finds, line by line, which part of the base the lines of the new text stand for. What is not released yet is thought over with each line.

import type { Span } from '../text/span.ts';
import { type Anchor, findAnchor, isInStep } from './anchors.ts';
import { planUpToBeginning } from './beginnings.ts';
import { guess } from './guess.ts';
import { indentOf } from './indent.ts';
import { OldLines } from './old-lines.ts';
import { Overlap } from './overlap.ts';
import type { Plan } from './plan.ts';
import type { Stretch } from './stretch.ts';

/**
 * When a line without an anchor is decided about: once so many units have come behind it, if that is clear by this margin (units in common). The last
 * look decides anyway, so that no line waits longer than 24 tokens of 4 characters.
 */
const LOOKS = [
  { units: 32, margin: 12 },
  { units: 96, margin: 0 },
] as const;
/** When so many units of the line behind them have come, it is looked for an old line that begins like it. */
const BEGINNINGS = [8, 16];
/** No more than this is ever known of the text behind the lines. */
const MAX_TAIL = 160;
/** Units that may wait: less than the overlap sees of the base, so that it sees where they end. */
const MAX_WAITING = 1500;

/** One of `LOOKS` that is due: what came behind its line in whole lines, and how much more it asks for. */
interface Look {
  readonly look: number;
  readonly tail: string;
  readonly missing: number;
}

export class Aligner {
  private readonly old: OldLines;
  /** New lines that nothing is released of, and their units. */
  private pending: string[] = [];
  private units = 0;
  /** The lines that were inserted just before them, if they were. */
  private inserted: string[] = [];
  private overlap: Overlap | undefined;
  /** How many of the pending lines were looked at for an anchor, and how many at each of the later looks. */
  private anchored = 0;
  private readonly looked = LOOKS.map(() => 0);
  /** How many of `BEGINNINGS` were looked at behind so many whole lines. */
  private begun = { lines: 0, looks: 0 };

  constructor(base: string, region: Span) {
    this.old = new OldLines(base, region);
  }

  push(line: string): void {
    this.pending.push(line);
    this.units += line.length + 1;
    if (this.pending.length === 1) this.keepEqual();
  }

  /** See `Format`; `rest` is all that has come behind the lines pushed so far. */
  consider(rest: string): { readonly plan?: Plan } | undefined {
    if (this.pending.length === 0) return undefined;
    return this.anchored < this.pending.length ? this.lookForAnchor() : this.lookAgain(rest);
  }

  accept({ count, reached }: Plan): void {
    const { old, pending } = this;
    const isInsertion = 'offset' in reached && reached.offset === old.start(old.next);
    const taken = pending.splice(0, count);
    this.inserted = isInsertion ? [...this.inserted, ...taken] : [];
    this.units -= taken.reduce((sum, line) => sum + line.length + 1, 0);
    if ('line' in reached) old.next = reached.line;
    else old.reach(reached.offset);
    this.forget();
    this.keepEqual();
  }

  /** There are no more lines: what is left of the base goes. */
  finish(): Stretch[] {
    const { old, pending } = this;
    if (pending.length === 0 && old.next === old.count) return [];
    const inStep = pending.length === old.count - old.next && isInStep(old, pending);
    const rest = inStep ? old.inStep(pending, old.next) : [old.replaced(old.count, pending)];
    this.pending = [];
    this.units = 0;
    old.next = old.count;
    return rest;
  }

  /** UTF-16 units of new lines that nothing is released of. */
  get waiting(): number {
    return this.units;
  }

  private lookForAnchor(): { readonly plan?: Plan } {
    const { old, inserted } = this;
    const lines = this.pending.slice(0, ++this.anchored);
    const anchor = findAnchor({ old, lines, inserted, overlap: () => this.overlapOf(lines.length) });
    return anchor ? { plan: this.planOf(lines, anchor) } : {};
  }

  private lookAgain(rest: string): { readonly plan?: Plan } | undefined {
    const due = this.nextLook(rest.length);
    const begun = this.nextBeginning(rest);
    if (begun !== undefined && begun <= (due?.missing ?? begun)) return this.lookAtBeginning(rest.slice(0, begun));
    if (due) return this.look(due, rest);
    return this.units > MAX_WAITING && this.pending.length > 1 ? { plan: this.half() } : undefined;
  }

  private look({ look, tail, missing }: Look, rest: string): { readonly plan?: Plan } {
    this.looked[look]!++;
    const known = (tail + rest.slice(0, missing)).slice(0, MAX_TAIL);
    const plan = this.guessFor(this.looked[look]!, known, LOOKS[look]!.margin);
    return plan ? { plan } : {};
  }

  private lookAtBeginning(rest: string): { readonly plan?: Plan } {
    this.begun.looks++;
    const { old, pending } = this;
    const plan = planUpToBeginning({ old, lines: pending, rest, overlap: this.overlapOf(pending.length) });
    return plan ? { plan } : {};
  }

  /** How much of `rest` had come when the next one of `BEGINNINGS` was due, if it is. */
  private nextBeginning(rest: string): number | undefined {
    const start = rest.lastIndexOf('\n') + 1;
    const lines = this.pending.length + rest.slice(0, start).split('\n').length;
    if (this.begun.lines !== lines) this.begun = { lines, looks: 0 };
    const units = BEGINNINGS[this.begun.looks];
    if (units === undefined) return undefined;
    const end = start + indentOf(rest.slice(start)).length + units;
    return end <= rest.length ? end : undefined;
  }

  /** The look that was due first when `rest` units had come behind the lines, so that it is the same however the answer was cut into chunks. */
  private nextLook(rest: number): Look | undefined {
    let first: Look | undefined;
    for (const [look, { units }] of LOOKS.entries()) {
      if (this.looked[look] === this.pending.length) continue;
      const tail = this.linesBehind(this.looked[look]! + 1);
      const missing = Math.max(0, units - tail.length);
      if (missing <= rest && (!first || missing < first.missing)) first = { look, tail, missing };
    }
    return first;
  }

  /** The pending lines behind the first `count`, as far as they are asked about. */
  private linesBehind(count: number): string {
    const lines = this.pending.slice(count, count + MAX_TAIL);
    return lines.map((line) => `${line}\n`).join('');
  }

  /** The older half of what waits, settled so that the work for a line stays bounded. */
  private half(): Plan {
    const count = this.pending.length >> 1;
    return { ...this.guessFor(count, this.linesBehind(count).slice(0, MAX_TAIL), 0)!, isFinal: true };
  }

  private guessFor(count: number, tail: string, margin: number): Plan | undefined {
    const overlap = this.overlapOf(this.pending.length);
    return guess({ old: this.old, lines: this.pending.slice(0, count), tail, overlap, margin });
  }

  /** The overlap, with at least `count` pending lines. */
  private overlapOf(count: number): Overlap {
    this.overlap ??= new Overlap(this.old, this.inserted);
    while (this.overlap.count < count) this.overlap.push(this.pending[this.overlap.count]!);
    return this.overlap;
  }

  /** Lines that equal the next old ones need no place. */
  private keepEqual(): void {
    const { old, pending } = this;
    let equal = 0;
    while (equal < pending.length && old.next < old.count && pending[equal] === old.text(old.next)) {
      this.units -= pending[equal++]!.length + 1;
      old.next++;
    }
    if (equal === 0) return;
    pending.splice(0, equal);
    this.inserted = [];
    this.forget();
  }

  private forget(): void {
    this.overlap = undefined;
    this.anchored = 0;
    this.looked.fill(0);
    this.begun = { lines: 0, looks: 0 };
  }

  private planOf(lines: readonly string[], { at, length }: Anchor): Plan {
    const { old } = this;
    const before = lines.slice(0, -length);
    const stretches = before.length > 0 || at > old.next ? [old.replaced(at, before)] : [];
    stretches.push(...old.inStep(lines.slice(-length), at));
    return { count: lines.length, reached: { line: at + length }, stretches };
  }
}
