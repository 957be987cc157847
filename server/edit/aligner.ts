// Aligns the lines of the new text with the base, line by line as they come. A pending line is considered anew with each line until it is released.
//
// A line that equals the next base line is accounted for at once. Any other one is pending, and so are all lines behind it, until a plan for the first of them
// is accepted. Plans are looked for in three ways, the surest first: anchors (anchors.ts), once with each line; the prefix of the line that follows
// (line-prefix.ts); the best fit of what is known (best-fit.ts). What follows the pending lines is called the lookahead.

import { indentOf } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { type Anchor, findAnchor, isReindented } from './anchors.ts';
import { BaseLines } from './base-lines.ts';
import { planByBestFit } from './best-fit.ts';
import { planByPrefix } from './line-prefix.ts';
import { OverlapTable } from './overlap-table.ts';
import type { Plan } from './plan.ts';
import type { Replacement } from './replacement.ts';

/**
 * When the best fit of a line without an anchor is computed: once so many UTF-16 units have come behind it; it is used if it is better by this margin (units in
 * common) than any alternative. The last one is used in any case, so that no line is pending longer than 24 tokens of 4 characters. Chosen by the benchmark,
 * see README.md.
 */
const fitAttempts = [
  { units: 32, margin: 12 },
  { units: 96, margin: 0 },
] as const;
/** After how many UTF-16 units of the line behind the pending ones a base line with that prefix is looked for. Chosen by the benchmark, see README.md. */
const prefixUnits = [8, 16];
/** UTF-16 units of lookahead that a best fit uses at most. */
const maxLookahead = 160;
/** UTF-16 units that may be pending: less than the overlap table covers of the base, so that it covers the place where they end. */
const maxPendingUnits = 1500;

/** One of `fitAttempts` that is due: `behind` are whole lines behind the line in question, `missing` is how many units of the lookahead it needs as well. */
interface DueFit {
  readonly attempt: number;
  readonly behind: string;
  readonly missing: number;
}

export class Aligner {
  readonly #base: BaseLines;
  /** New lines that are not released, and their UTF-16 units with one for each line end. */
  #pending: string[] = [];
  #units = 0;
  /** The lines that were released just before as an insertion in front of the same base line. */
  #inserted: string[] = [];
  #overlap: OverlapTable | undefined;
  /** For how many pending lines an anchor was looked for, and for how many each of `fitAttempts` was made. */
  #anchorsTried = 0;
  readonly #fitsTried = fitAttempts.map(() => 0);
  /** How many of `prefixUnits` were tried, when so many lines were pending or complete behind them. */
  #prefixesTried = { lines: 0, count: 0 };

  /** `region`: the part of `base` that the new text replaces, in UTF-16 offsets. */
  constructor(base: string, region: Span) {
    this.#base = new BaseLines(base, region);
  }

  push(line: string): void {
    this.#pending.push(line);
    this.#units += line.length + 1;
    if (this.#pending.length === 1) this.#skipEqual();
  }

  /** See `FormatReader.nextPlan`. `lookahead` is all that has come behind the lines pushed so far. */
  nextPlan(lookahead: string): { readonly plan?: Plan } | undefined {
    if (this.#pending.length === 0) return undefined;
    return this.#anchorsTried < this.#pending.length ? this.#tryAnchor() : this.#tryLookahead(lookahead);
  }

  accept({ count, reached }: Plan): void {
    const base = this.#base;
    const pending = this.#pending;
    const isInsertion = 'offset' in reached && reached.offset === base.start(base.next);
    const taken = pending.splice(0, count);
    this.#inserted = isInsertion ? [...this.#inserted, ...taken] : [];
    this.#units -= taken.reduce((sum, line) => sum + line.length + 1, 0);
    if ('line' in reached) base.next = reached.line;
    else base.advanceTo(reached.offset);
    this.#resetAttempts();
    this.#skipEqual();
  }

  /** There are no more lines: the pending ones replace the rest of the base. */
  finish(): Replacement[] {
    const base = this.#base;
    const pending = this.#pending;
    if (pending.length === 0 && base.next === base.count) return [];
    const reindented = pending.length === base.count - base.next && isReindented(base, pending);
    const rest = reindented ? base.replaceEach(pending, base.next) : [base.replaceUpTo(base.count, pending)];
    this.#pending = [];
    this.#units = 0;
    base.next = base.count;
    return rest;
  }

  /** UTF-16 units of new lines that are not released. */
  get pendingUnits(): number {
    return this.#units;
  }

  #tryAnchor(): { readonly plan?: Plan } {
    const base = this.#base;
    const inserted = this.#inserted;
    const lines = this.#pending.slice(0, ++this.#anchorsTried);
    const anchor = findAnchor({ base, lines, inserted, overlap: () => this.#overlapOf(lines.length) });
    return anchor ? { plan: this.#planOf(lines, anchor) } : {};
  }

  /** Makes the attempt that fell due first, whatever has come since: so the same edits come for any chunking of the answer. */
  #tryLookahead(lookahead: string): { readonly plan?: Plan } | undefined {
    const fit = this.#dueFit(lookahead.length);
    const prefixEnd = this.#duePrefix(lookahead);
    if (prefixEnd !== undefined && prefixEnd <= (fit?.missing ?? prefixEnd))
      return this.#tryPrefix(lookahead.slice(0, prefixEnd));
    if (fit) return this.#tryFit(fit, lookahead);
    return this.#units > maxPendingUnits && this.#pending.length > 1 ? { plan: this.#olderHalf() } : undefined;
  }

  #tryFit({ attempt, behind, missing }: DueFit, lookahead: string): { readonly plan?: Plan } {
    this.#fitsTried[attempt]!++;
    const known = (behind + lookahead.slice(0, missing)).slice(0, maxLookahead);
    const plan = this.#bestFitOf(this.#fitsTried[attempt]!, known, fitAttempts[attempt]!.margin);
    return plan ? { plan } : {};
  }

  #tryPrefix(lookahead: string): { readonly plan?: Plan } {
    this.#prefixesTried.count++;
    const base = this.#base;
    const pending = this.#pending;
    const plan = planByPrefix({ base, lines: pending, lookahead, overlap: () => this.#overlapOf(pending.length) });
    return plan ? { plan } : {};
  }

  /** The length of `lookahead` at which the next of `prefixUnits` fell due; undefined if it is not due yet. */
  #duePrefix(lookahead: string): number | undefined {
    const start = lookahead.lastIndexOf('\n') + 1;
    const lines = this.#pending.length + lookahead.slice(0, start).split('\n').length;
    if (this.#prefixesTried.lines !== lines) this.#prefixesTried = { lines, count: 0 };
    const units = prefixUnits[this.#prefixesTried.count];
    if (units === undefined) return undefined;
    const end = start + indentOf(lookahead.slice(start)).length + units;
    return end <= lookahead.length ? end : undefined;
  }

  /** The attempt that fell due first when `lookahead` units have come behind the pending lines. */
  #dueFit(lookahead: number): DueFit | undefined {
    let first: DueFit | undefined;
    for (const [attempt, { units }] of fitAttempts.entries()) {
      if (this.#fitsTried[attempt] === this.#pending.length) continue;
      const behind = this.#linesBehind(this.#fitsTried[attempt]! + 1);
      const missing = Math.max(0, units - behind.length);
      if (missing <= lookahead && (!first || missing < first.missing)) first = { attempt, behind, missing };
    }
    return first;
  }

  /** The pending lines behind the first `count`, as many as a lookahead can hold. */
  #linesBehind(count: number): string {
    const lines = this.#pending.slice(count, count + maxLookahead);
    return lines.map((line) => `${line}\n`).join('');
  }

  /** The older half of the pending lines, settled by their best fit so that the work for each further line stays bounded. */
  #olderHalf(): Plan {
    const count = this.#pending.length >> 1;
    return { ...this.#bestFitOf(count, this.#linesBehind(count).slice(0, maxLookahead), 0)!, isFinal: true };
  }

  #bestFitOf(count: number, lookahead: string, margin: number): Plan | undefined {
    const overlap = this.#overlapOf(this.#pending.length);
    return planByBestFit({ base: this.#base, lines: this.#pending.slice(0, count), lookahead, overlap, margin });
  }

  /** The overlap table, with at least `count` pending lines pushed. */
  #overlapOf(count: number): OverlapTable {
    this.#overlap ??= new OverlapTable(this.#base, this.#inserted);
    while (this.#overlap.count < count) this.#overlap.push(this.#pending[this.#overlap.count]!);
    return this.#overlap;
  }

  /** Pending lines that equal the next base lines are accounted for. */
  #skipEqual(): void {
    const base = this.#base;
    const pending = this.#pending;
    let equal = 0;
    while (equal < pending.length && base.next < base.count && pending[equal] === base.text(base.next)) {
      this.#units -= pending[equal++]!.length + 1;
      base.next++;
    }
    if (equal === 0) return;
    pending.splice(0, equal);
    this.#inserted = [];
    this.#resetAttempts();
  }

  #resetAttempts(): void {
    this.#overlap = undefined;
    this.#anchorsTried = 0;
    this.#fitsTried.fill(0);
    this.#prefixesTried = { lines: 0, count: 0 };
  }

  /** The lines of the anchor stand for base lines one by one; those before it replace what lies before the anchor in the base. */
  #planOf(lines: readonly string[], { at, length }: Anchor): Plan {
    const base = this.#base;
    const before = lines.slice(0, -length);
    const replacements = before.length > 0 || at > base.next ? [base.replaceUpTo(at, before)] : [];
    replacements.push(...base.replaceEach(lines.slice(-length), at));
    return { count: lines.length, reached: { line: at + length }, replacements };
  }
}
