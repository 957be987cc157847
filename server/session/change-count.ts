// How much an edit changed, and how little would have done.

import { diffTexts } from '../text/diff.ts';
import { type Edit, sizeOfEdits } from '../text/edit.ts';

/** Counts what an edit changed in its scope. */
export class ChangeCount {
  #base = '';
  #end: string | undefined;
  #written = 0;

  /** The scope's text when the model was asked. */
  begin(base: string): void {
    this.#base = base;
  }

  landed(edits: readonly Edit[]): void {
    this.#written += sizeOfEdits(edits);
  }

  /** The scope's text at the end. */
  end(text: string): void {
    this.#end = text;
  }

  /** UTF-16 units; undefined before the end. A diff of the whole scope, some milliseconds where much was changed: call it in a turn of its own. */
  totals(): { charsChanged: number; charsLeast: number } | undefined {
    if (this.#end === undefined) return undefined;
    return { charsChanged: this.#written, charsLeast: sizeOfEdits(diffTexts(this.#base, this.#end)) };
  }
}
