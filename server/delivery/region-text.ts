// Where the text of a region stands in the document, what of ours has landed in it, and which texts it has had (part 5 of the story in reconcile.ts). Mapped
// through every change, ours or not.

import { applyEdits, type Edit, shiftEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { LandedChanges, type TrackedEdit } from './landed-changes.ts';
import { abuts, editsAvoiding, mapSpan, type TextChange, touches } from './rebase.ts';
import { RegionHistory } from './region-history.ts';
import type { Interruption, RevertScope } from './region-listener.ts';

export class RegionText {
  /** What of this edit has landed. */
  readonly own = new LandedChanges();
  /** What of its whole chain (steer) has landed: the one of them that runs keeps it for all. */
  #chain = this.own;
  /** In offsets of the document's latest clean text. */
  #span: Span;
  #history = new RegionHistory();
  /** Somebody else has changed what is inside, and not undone that. */
  #isChanged = false;

  /** `text`: the document's, that `span` is in. */
  constructor(span: Span, text: string) {
    this.#span = span;
    this.#remember(this.#textIn(text));
  }

  get span(): Span {
    return this.#span;
  }

  get chain(): LandedChanges {
    return this.#chain;
  }

  /** Joins the chain of an older edit of the same code. `text`: the document's. */
  goOnFrom(older: RegionText, text: string): void {
    this.#chain = older.chain;
    this.#history = RegionHistory.after(older.#history);
    this.#remember(this.#textIn(text));
  }

  /** Nothing can be reverted any more. */
  clear(): void {
    for (const changes of this.#allChanges()) changes.clear();
  }

  /** Edits of the model's have landed, sorted; in offsets of `text`, the document's clean text before them. */
  landed(text: string, sent: readonly TrackedEdit[]): void {
    const edits = editsOf(sent);
    const before = this.#textIn(text);
    const after = applyEdits(before, shiftEdits(edits, -this.#span.from));
    this.#remember(before);
    this.#span = mapSpan(this.#span, edits, true);
    for (const changes of this.#allChanges()) changes.landed(text, sent);
    this.#remember(after);
  }

  /** Edits that revert have landed, likewise. */
  reverted(text: string, sent: readonly TrackedEdit[], scope: RevertScope): void {
    const edits = editsOf(sent);
    this.#span = mapSpan(this.#span, edits, true);
    this[scope].reverted(new Set(sent.map(({ id }) => id)), edits, this.#span);
    if (this.own === this.chain) return;
    if (scope === 'own') this.chain.landed(text, sent);
    else this.own.clear();
  }

  /** Somebody else changed the document. Returns how, if that touched the region. */
  changed(change: TextChange): Interruption | undefined {
    const avoiding = { ...change, edits: editsAvoiding(change, this.#span) };
    const isTouched = avoiding.edits.some((edit) => touches(edit, this.#span));
    // What was taken out at an edge comes back outside of it.
    const isNear = isTouched || (this.#isChanged && avoiding.edits.some((edit) => abuts(edit, this.#span)));
    if (isNear && this.#isUndone(avoiding)) return 'undo';
    this.move(avoiding, false);
    if (!isTouched) return undefined;
    this.#isChanged = true;
    return this.#textIn(change.next).trim() === '' ? 'deleted' : 'typing';
  }

  /** Whether the change touched the region. `own`: what it inserts at an edge belongs to the region. */
  move(change: Omit<TextChange, 'next'>, own: boolean): boolean {
    const isTouched = change.edits.some((edit) => touches(edit, this.#span));
    this.#span = mapSpan(this.#span, change.edits, own);
    for (const changes of this.#allChanges()) {
      if (isTouched) changes.changed(change, this.#span);
      else changes.moved(change.edits, this.#span);
    }
    return isTouched;
  }

  /**
   * Whether the region has a text again that it has had before. What stood where is known then and need not be read off the change, in which an undo brings
   * characters back among others that are equal.
   */
  #isUndone(change: TextChange): boolean {
    const earlier = this.#history.find(change, this.#span);
    if (!earlier) return false;
    this.#span = earlier.span;
    this.#isChanged = false;
    for (const [i, changes] of this.#allChanges().entries()) {
      const memory = earlier.memories[i];
      if (memory) changes.recall(memory, this.#span);
      else changes.changed(change, this.#span);
    }
    return true;
  }

  #textIn(text: string): string {
    return text.slice(this.#span.from, this.#span.to);
  }

  /** `text`: the region's. */
  #remember(text: string): void {
    const memories = this.#allChanges().map((changes) => changes.remember(this.#span));
    this.#history.remember(text, memories);
  }

  #allChanges(): readonly LandedChanges[] {
    return this.own === this.chain ? [this.own] : [this.own, this.chain];
  }
}

function editsOf(sent: readonly TrackedEdit[]): Edit[] {
  return sent.map(({ edit }) => edit);
}
