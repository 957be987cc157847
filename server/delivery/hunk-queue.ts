// The hunks of one edit that have landed and those that wait, in base offsets: of the region's text as the model was asked about it.

import { type Edit, mapOffset, sortEdits } from '../text/edit.ts';
import type { TrackedEdit } from './landed-changes.ts';

/** Edits that land together; offsets into the region's base text. Structurally the engine's Hunk. */
export interface BaseHunk {
  readonly edits: readonly Edit[];
}

/** An edit of the model's that has not landed. */
type Waiting = Required<Omit<TrackedEdit, 'edit'>>;

export class HunkQueue {
  /** Sorted. */
  #landed: readonly Edit[] = [];
  #waiting: readonly Waiting[] = [];

  /** Whether no edit waits; one that was sent and that no text has shown yet still does. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether no hunk has been handed over yet. */
  get isUnused(): boolean {
    return this.isEmpty && this.#landed.length === 0;
  }

  add(hunks: readonly BaseHunk[], nextId: () => number): void {
    const waiting = hunks.flatMap(({ edits }) => {
      const hunk = nextId();
      return edits.map((base) => ({ id: nextId(), hunk, base }));
    });
    this.#waiting = [...this.#waiting, ...waiting];
  }

  /** What waits is not wanted any more. */
  clear(): void {
    this.#waiting = [];
  }

  /** What waits, sorted, in offsets of the document's latest text, in which the region begins at `start`. */
  inDocument(start: number): TrackedEdit[] {
    const edits: TrackedEdit[] = this.#waiting.map((each) => ({ ...each, edit: this.#toDocument(each.base, start) }));
    return edits.sort((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to);
  }

  landed(sent: readonly TrackedEdit[]): void {
    this.#waiting = this.#waiting.filter(({ id }) => !sent.some((one) => one.id === id));
    this.#landed = sortEdits([...this.#landed, ...sent.map(({ base }) => base!)]);
  }

  /** Through what has landed, to where the region is now. What lands later at one place goes behind what is there. */
  #toDocument(edit: Edit, start: number): Edit {
    const from = mapOffset(edit.from, this.#landed, 1);
    const to = edit.to === edit.from ? from : Math.max(from, mapOffset(edit.to, this.#landed, -1));
    return { from: from + start, to: to + start, insert: edit.insert };
  }
}
