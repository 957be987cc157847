// Finds, line by line, which part of the base each line of the new text stands for. Never goes back on what it has said.

import type { Span } from '../text/span.ts';
import { type Anchor, findAnchor, isInStep } from './anchors.ts';
import { OldLines } from './old-lines.ts';
import { type Offer, offerFor } from './overdue.ts';
import type { Stretch } from './stretch.ts';

const PATIENCE = 96;

export class Aligner {
  private readonly old: OldLines;
  /** New lines whose place is not known yet. */
  private pending: string[] = [];
  /** So many of the newest pending lines may turn out to be old ones further on: nothing is said of them meanwhile. */
  private doubt = 0;
  /** How many of the pending lines have been offered in vain. */
  private offered = 0;

  constructor(base: string, region: Span) {
    this.old = new OldLines(base, region);
  }

  /** Takes the next new line; gives back what is certain now. */
  push(line: string): Stretch[] {
    const { old } = this;
    if (this.pending.length === 0 && old.next < old.count && line === old.text(old.next)) {
      old.next++;
      return [];
    }
    this.pending.push(line);
    const { anchor, doubt } = findAnchor(old, this.pending);
    this.doubt = doubt;
    return anchor ? this.settle(anchor) : [];
  }

  /**
   * What could be said of the next lines that have waited long enough when `partial` units of the line behind them have come; each call
   * goes one line further, until there is nothing to say.
   */
  overdue(partial: number): Offer | undefined {
    const count = this.offered + 1;
    if (count > this.pending.length - Math.max(1, this.doubt)) return undefined;
    let age = partial;
    for (let line = this.pending.length - 1; line >= count; line--) age += this.pending[line]!.length + 1;
    if (age < PATIENCE) return undefined;
    this.offered = count;
    return offerFor(this.old, this.pending, count);
  }

  /** An offer was taken up. */
  accept(offer: Offer): void {
    this.pending.splice(0, offer.count);
    this.offered = 0;
    if ('line' in offer.reached) this.old.next = offer.reached.line;
    else this.old.reach(offer.reached.offset);
  }

  /** There are no more lines: what is left of the base goes. */
  finish(): Stretch[] {
    const { old, pending } = this;
    if (pending.length === 0 && old.next === old.count) return [];
    const inStep = pending.length === old.count - old.next && isInStep(old, pending, pending.length);
    const rest = inStep ? old.inStep(pending, old.next) : [old.replaced(old.count, pending)];
    this.pending = [];
    old.next = old.count;
    return rest;
  }

  /** UTF-16 units of new lines whose place is not known yet. */
  get waiting(): number {
    return this.pending.reduce((sum, line) => sum + line.length + 1, 0);
  }

  private settle({ at, length }: Anchor): Stretch[] {
    const { old } = this;
    const lines = this.pending.splice(0);
    const before = lines.slice(0, -length);
    const stretches = before.length > 0 || at > old.next ? [old.replaced(at, before)] : [];
    stretches.push(...old.inStep(lines.slice(-length), at));
    old.next = at + length;
    this.doubt = 0;
    this.offered = 0;
    return stretches;
  }
}
