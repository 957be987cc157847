// Holds units of edits back until the base with them parses no worse than before; what is released is never taken back.

import { applyEdits, type Edit, sizeOfEdits, sortEdits } from '../text/edit.ts';
import type { Work } from '../turns.ts';
import type { Unit } from './stretch.ts';

/** At most this many texts are parsed for one line of the answer: a parse costs a millisecond where everything else costs microseconds. */
const TRIES = 4;

/**
 * How much may be parsed in vain, in UTF-16 units of the scope and what is held: so much at first, and so much for each unit of the answer. An answer that does not
 * parse until its end would otherwise be parsed once more with each line, and the work grow with the square of its length. What is held is parsed ever more
 * seldom as it grows: in a scope of 390 lines from the ninetieth text on that does not parse, and then with every fifth line. With these figures none of the 400
 * edits of the benchmark is released later than with none; with a third of them one is, by 80 tokens.
 */
const VAIN_AT_FIRST = 2_000_000;
const VAIN_PER_UNIT = 150;

/** Units arrive in the order of the answer and leave in it, at any positions that never overlap. */
export class Gate {
  private readonly base: string;
  private readonly parses: ((text: string) => Work<boolean>) | undefined;
  private released: Edit[] = [];
  private pending: Unit[] = [];
  /** `failed[i]`: the text up to and with pending unit i was tried and does not parse; it never will, because units don't change. */
  private failed: boolean[] = [];
  private vain = VAIN_AT_FIRST;
  /** Of what is pending. */
  private units = 0;
  private lines = 0;

  constructor(base: string, parses?: (text: string) => Work<boolean>) {
    this.base = base;
    this.parses = parses;
  }

  /** So many more units of the answer have come. */
  heard(units: number): void {
    this.vain += VAIN_PER_UNIT * units;
  }

  add(units: readonly Unit[]): void {
    for (const unit of units) {
      this.pending.push(unit);
      this.failed.push(false);
      this.count(unit, 1);
    }
  }

  /** Lets the longest sound part of what waits go: its edits, in order of position. */
  *release(): Work<Edit[]> {
    let tries = TRIES;
    let size = this.base.length + this.units;
    for (let last = this.pending.length - 1; last >= 0 && tries > 0; last--) {
      if (!this.failed[last]) {
        if (!this.mayTry(size)) return [];
        tries--;
        if (yield* this.isSound(last + 1)) return this.take(last + 1);
        this.failed[last] = true;
        this.vain -= size;
      }
      size -= sizeOfEdits(this.pending[last]!);
    }
    return [];
  }

  /** Lets everything go if it is sound as a whole. */
  *releaseAll(): Work<Edit[] | undefined> {
    const count = this.pending.length;
    if (count === 0) return [];
    return !this.failed[count - 1] && (yield* this.isSound(count)) ? this.take(count) : undefined;
  }

  /** Whether `edits` on top of everything that waits are known to be sound; nothing is kept of them. */
  *allows(edits: readonly Edit[]): Work<boolean> {
    const size = this.base.length + this.units + sizeOfEdits(edits);
    if (!this.mayTry(size)) return false;
    const isSound = yield* this.parsesWith([...this.pending.flat(), ...edits]);
    if (!isSound) this.vain -= size;
    return isSound;
  }

  /** Lets everything go, unasked. */
  takeAll(): Edit[] {
    return this.take(this.pending.length);
  }

  /** UTF-16 units of changed text that wait. */
  get held(): number {
    return this.units;
  }

  /** Lines that wait and would count as changed. */
  get heldLines(): number {
    return this.lines;
  }

  get hasReleased(): boolean {
    return this.released.length > 0;
  }

  private mayTry(size: number): boolean {
    return this.parses === undefined || size <= this.vain;
  }

  private isSound(count: number): Work<boolean> {
    return this.parsesWith(this.pending.slice(0, count).flat());
  }

  private *parsesWith(edits: readonly Edit[]): Work<boolean> {
    if (!this.parses) return true;
    return yield* this.parses(applyEdits(this.base, sortEdits([...this.released, ...edits])));
  }

  private take(count: number): Edit[] {
    const units = this.pending.splice(0, count);
    for (const unit of units) this.count(unit, -1);
    const edits = sortEdits(units.flat());
    this.failed.splice(0, count);
    this.released = sortEdits([...this.released, ...edits]);
    return edits;
  }

  private count(unit: Unit, sign: 1 | -1): void {
    this.units += sign * sizeOfEdits(unit);
    this.lines += sign * linesOf(this.base, unit);
  }
}

/** A unit brings one line or more, or takes some away. */
function linesOf(base: string, unit: Unit): number {
  let [gone, come] = [0, 0];
  for (const { from, to, insert } of unit) {
    gone += breaksIn(base.slice(from, to));
    come += breaksIn(insert);
  }
  return Math.max(gone, come, 1);
}

function breaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
