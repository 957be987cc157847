// How much an edit changed, and how little would have done.

import { diffTexts } from '../text/diff.ts';
import { type Edit, sizeOfEdits } from '../text/edit.ts';

/** Counts what an edit changed in its scope. */
export class ChangeCount {
  #base = '';
  #written = 0;

  /** The scope's text when the model was asked. */
  begin(base: string): void {
    this.#base = base;
  }

  landed(edits: readonly Edit[]): void {
    this.#written += sizeOfEdits(edits);
  }

  /** `now`: the scope's text at the end. UTF-16 units. */
  totals(now: string): { charsChanged: number; charsLeast: number } {
    return { charsChanged: this.#written, charsLeast: sizeOfEdits(diffTexts(this.#base, now)) };
  }
}
