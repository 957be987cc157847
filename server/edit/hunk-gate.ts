// The hunk gate: holds edits back until the base with them parses no worse than before. What it has released is never withdrawn.

import { applyEdits, type Edit, sizeOfEdits, sortEdits } from '../text/edit.ts';
import { lineBreaksIn } from '../text/lines.ts';
import type { Work } from '../turns.ts';
import type { LineEdits } from './replacement.ts';

/** At most this many texts are parsed in one `release`: a parse costs a millisecond where everything else costs microseconds. */
const maxParses = 4;

/**
 * The budget for parses that fail, in UTF-16 units of the text parsed: so much at first, and so much more for each unit of the answer. Without it an answer that
 * does not parse until its end would be parsed once more with each line, and the work would grow with the square of its length. As more is held it is parsed
 * less often: in a scope of 390 lines, after about ninety failed parses only with every fifth line. With these figures none of the 400 edits of the benchmark
 * is released later than without a budget; with a third of them one is, by 80 tokens.
 */
const initialParseBudget = 2_000_000;
const parseBudgetPerUnit = 150;

/** Line edits arrive in the order of the answer and leave in it. Their positions may be in any order, and never overlap. */
export class HunkGate {
  readonly #base: string;
  readonly #parses: ((text: string) => Work<boolean>) | undefined;
  #released: Edit[] = [];
  #held: LineEdits[] = [];
  /** `failed[i]`: the text with the first i + 1 held ones does not parse. It never will, because they don't change. */
  #failed: boolean[] = [];
  #parseBudget = initialParseBudget;
  #heldUnits = 0;
  #heldLines = 0;

  constructor(base: string, parses?: (text: string) => Work<boolean>) {
    this.#base = base;
    this.#parses = parses;
  }

  /** Call for each part of the answer, with its length in UTF-16 units. */
  addParseBudget(units: number): void {
    this.#parseBudget += parseBudgetPerUnit * units;
  }

  add(all: readonly LineEdits[]): void {
    for (const lineEdits of all) {
      this.#held.push(lineEdits);
      this.#failed.push(false);
      this.#count(lineEdits, 1);
    }
  }

  /** Releases the longest sound beginning of what is held: its edits, in order of position. */
  *release(): Work<Edit[]> {
    let parsesLeft = maxParses;
    let size = this.#base.length + this.#heldUnits;
    for (let last = this.#held.length - 1; last >= 0 && parsesLeft > 0; last--) {
      if (!this.#failed[last]) {
        if (!this.#mayParse(size)) return [];
        parsesLeft--;
        if (yield* this.#isSound(last + 1)) return this.#take(last + 1);
        this.#failed[last] = true;
        this.#parseBudget -= size;
      }
      size -= sizeOfEdits(this.#held[last]!);
    }
    return [];
  }

  /** Releases everything if it is sound as a whole, whatever the budget; else undefined. */
  *releaseAll(): Work<Edit[] | undefined> {
    const count = this.#held.length;
    if (count === 0) return [];
    return !this.#failed[count - 1] && (yield* this.#isSound(count)) ? this.#take(count) : undefined;
  }

  /** Whether everything that is held and `edits` are sound together; false also where the budget does not allow a parse. `edits` are not added. */
  *allows(edits: readonly Edit[]): Work<boolean> {
    const size = this.#base.length + this.#heldUnits + sizeOfEdits(edits);
    if (!this.#mayParse(size)) return false;
    const isSound = yield* this.#parsesWith([...this.#held.flat(), ...edits]);
    if (!isSound) this.#parseBudget -= size;
    return isSound;
  }

  /** Releases everything without a parse: for what `allows` has just said yes to. */
  releaseUnchecked(): Edit[] {
    return this.#take(this.#held.length);
  }

  /** The base with everything that was released, and that is held. */
  get text(): string {
    return applyEdits(this.#base, sortEdits([...this.#released, ...this.#held.flat()]));
  }

  /** UTF-16 units of changed text that are held. */
  get held(): number {
    return this.#heldUnits;
  }

  /** How many lines the held edits would change. */
  get heldLines(): number {
    return this.#heldLines;
  }

  get hasReleased(): boolean {
    return this.#released.length > 0;
  }

  #mayParse(size: number): boolean {
    return this.#parses === undefined || size <= this.#parseBudget;
  }

  #isSound(count: number): Work<boolean> {
    return this.#parsesWith(this.#held.slice(0, count).flat());
  }

  *#parsesWith(edits: readonly Edit[]): Work<boolean> {
    if (!this.#parses) return true;
    return yield* this.#parses(applyEdits(this.#base, sortEdits([...this.#released, ...edits])));
  }

  #take(count: number): Edit[] {
    const taken = this.#held.splice(0, count);
    for (const lineEdits of taken) this.#count(lineEdits, -1);
    const edits = sortEdits(taken.flat());
    this.#failed.splice(0, count);
    this.#released = sortEdits([...this.#released, ...edits]);
    return edits;
  }

  #count(lineEdits: LineEdits, sign: 1 | -1): void {
    this.#heldUnits += sign * sizeOfEdits(lineEdits);
    this.#heldLines += sign * changedLines(this.#base, lineEdits);
  }
}

/** At least one: the larger of the lines removed and the lines inserted. */
function changedLines(base: string, lineEdits: LineEdits): number {
  let [removed, inserted] = [0, 0];
  for (const { from, to, insert } of lineEdits) {
    removed += lineBreaksIn(base.slice(from, to));
    inserted += lineBreaksIn(insert);
  }
  return Math.max(removed, inserted, 1);
}
