// How soon after its answer an editor tells of an edit: one that tells of changes when they are made, and refuses, does so for another reason than a text that
// we do not know.

/** Who takes longer holds changes back (editors.md §1: for 150 ms and more). */
const atOnceMs = 100;
/** The same of an editor that may hold them back, and have told early once because a command was given (Sublime Text). */
const onItsHeelsMs = 5;

export class Echoes {
  #count = 0;
  #slowestMs = 0;

  /** A text has shown an edit so long after its answer; negative: before it. */
  heard(afterMs: number): void {
    this.#count++;
    this.#slowestMs = Math.max(this.#slowestMs, afterMs);
  }

  /** `mayBeKate`: the editor says so, or does not say who it is, which of those that were tried only Kate does. */
  areAtOnce(mayBeKate = false): boolean {
    return mayBeKate ? this.#slowestMs <= atOnceMs : this.#count > 1 && this.#slowestMs <= onItsHeelsMs;
  }
}
