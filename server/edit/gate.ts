// Holds units of edits back until the base with them parses no worse than before; what is released is never taken back.

import { applyEdits, type Edit, sizeOfEdits, sortEdits } from '../text/edit.ts';
import type { Unit } from './stretch.ts';

/** At most this many texts are parsed for one line of the answer: a parse costs a millisecond where everything else costs microseconds. */
const TRIES = 4;

/** Units arrive in the order of the answer and leave in it, at any positions that never overlap. */
export class Gate {
  private readonly base: string;
  private readonly parses: ((text: string) => boolean) | undefined;
  private released: Edit[] = [];
  private pending: Unit[] = [];
  /** `failed[i]`: the text up to and with pending unit i was tried and does not parse; it never will, because units don't change. */
  private failed: boolean[] = [];

  constructor(base: string, parses?: (text: string) => boolean) {
    this.base = base;
    this.parses = parses;
  }

  add(units: readonly Unit[]): void {
    this.pending.push(...units);
    this.failed.push(...units.map(() => false));
  }

  /** Lets the longest sound part of what waits go: its edits, in order of position. */
  release(): Edit[] {
    let tries = TRIES;
    for (let last = this.pending.length - 1; last >= 0 && tries > 0; last--) {
      if (this.failed[last]) continue;
      tries--;
      if (this.isSound(last + 1)) return this.take(last + 1);
      this.failed[last] = true;
    }
    return [];
  }

  /** Lets everything go if it is sound as a whole. */
  releaseAll(): Edit[] | undefined {
    const count = this.pending.length;
    if (count === 0) return [];
    return !this.failed[count - 1] && this.isSound(count) ? this.take(count) : undefined;
  }

  /** Whether `edits` on top of everything that waits would be sound; nothing is kept of them. */
  allows(edits: readonly Edit[]): boolean {
    return this.parsesWith([...this.pending.flat(), ...edits]);
  }

  /** Lets everything go, unasked. */
  takeAll(): Edit[] {
    return this.take(this.pending.length);
  }

  get held(): number {
    return this.pending.reduce((sum, unit) => sum + sizeOfEdits(unit), 0);
  }

  get hasReleased(): boolean {
    return this.released.length > 0;
  }

  private isSound(count: number): boolean {
    return this.parsesWith(this.pending.slice(0, count).flat());
  }

  private parsesWith(edits: readonly Edit[]): boolean {
    return this.parses?.(applyEdits(this.base, sortEdits([...this.released, ...edits]))) ?? true;
  }

  private take(count: number): Edit[] {
    const edits = sortEdits(this.pending.splice(0, count).flat());
    this.failed.splice(0, count);
    this.released = sortEdits([...this.released, ...edits]);
    return edits;
  }
}
