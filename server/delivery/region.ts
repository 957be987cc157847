// The region of one edit, or of a chain of them, in a changing document: where it is, what has landed in it, what waits.
// Owns no timer and sends nothing; DocumentDelivery asks it for edits and tells it of every change.

import { applyEdits, type Edit, mapOffset, shiftEdits, sortEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { type DeliveryMode, Pacing } from './pacing.ts';
import { Pieces } from './pieces.ts';
import { mapSpan, touches } from './reconcile.ts';

/** Edits that land together; offsets into the region's base text. Structurally the engine's Hunk. */
export interface BaseHunk {
  readonly edits: readonly Edit[];
}

/** Why a region is no longer ours to edit. */
export type Interruption = 'typing' | 'undo' | 'deleted' | 'closed';

/** An edit of ours that a received text shows. `edits` are in offsets of `text`, the document's text before them. */
export interface Landed {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** Of the snapshot that shows them. */
  readonly version: number;
  readonly roundTripMs: number;
  /** Whether these edits take earlier ones back. */
  readonly takesBack: boolean;
}

/** What a region tells its session, synchronously, as it learns it. */
export interface RegionListener {
  landed(landed: Landed): void;
  /** Somebody else changed the region; nothing more will be sent for it. */
  interrupted(why: Interruption): void;
  /** The editor does not take our edits; nothing more will be sent. */
  failed(reason: string): void;
}

export interface RegionOptions {
  readonly span: Span;
  /** The document's text that `span` is in. */
  readonly text: string;
  readonly mode: DeliveryMode;
  readonly joinsUndo: boolean;
  readonly listener: RegionListener;
}

export class Region {
  /** In offsets of the document's latest text. */
  span: Span;
  /** False while older edits of the same text settle: what they still change in here is part of where this one begins. */
  begun = false;
  /** No more edits of the model leave: interrupted, stopped, failed or at its end. */
  ended = false;
  /** The answer is whole: what is pending need not wait for a window. */
  whole = false;
  /** The landed edits are to be taken back. */
  takingBack = false;
  /** How often an edit got lost on its way and was sent again. */
  resent = 0;
  /** Since when the editor has refused an edit although its text is the one we know; ms. */
  refusedSince: number | undefined;
  readonly listener: RegionListener;
  readonly pacing: Pacing;
  /** Shared along a chain of edits (steer), so that `revert` takes back all of it. */
  pieces = new Pieces();
  /** Landed edits in base offsets, sorted. */
  #landed: readonly Edit[] = [];
  #pending: readonly BaseHunk[] = [];
  /** Texts that the region had before, to tell an undo from typing. */
  readonly #earlier = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #isDetached = false;

  constructor({ span, text, mode, joinsUndo, listener }: RegionOptions) {
    this.span = span;
    this.listener = listener;
    this.pacing = new Pacing(mode, joinsUndo);
    this.#earlier.add(text.slice(span.from, span.to));
  }

  /** Nothing of the model's answer has been handed over yet. */
  get untouched(): boolean {
    return this.#landed.length === 0 && this.#pending.length === 0;
  }

  /** Nothing waits to be sent. An edit may still be under way. */
  get idle(): boolean {
    return this.#pending.length === 0 && !this.takingBack;
  }

  /** Nobody follows the region any more: its document is closed, or a later edit of its chain took over. */
  detach(): void {
    this.#isDetached = true;
    this.takingBack = false;
    this.end();
    this.tellIdle();
  }

  /** Resolves once nothing waits and nothing is under way. */
  whenIdle(): Promise<void> {
    if (this.#isDetached) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** For the delivery alone: nothing waits and nothing is under way. */
  tellIdle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  push(hunks: readonly BaseHunk[]): void {
    if (!this.ended) this.#pending = [...this.#pending, ...hunks];
  }

  /** Nothing more of the model's answer will leave. */
  end(): void {
    this.ended = true;
    this.#pending = [];
  }

  /** Milliseconds until something may be sent; see Pacing. */
  waitMs(nowMs: number): number {
    return this.pacing.waitMs(nowMs, this.whole || this.takingBack);
  }

  /** What could be sent now: edits of each hunk in offsets of the document's latest text, and the hunks they come from. */
  next(): { hunks: readonly (readonly Edit[])[]; taken: readonly BaseHunk[] } {
    if (this.takingBack) return { hunks: [this.pieces.inverse()], taken: [] };
    return {
      hunks: this.#pending.map((hunk) => hunk.edits.map((edit) => this.#toDocument(edit))),
      taken: this.#pending,
    };
  }

  /** What waited has come to nothing: the pieces to take back were all touched, or the hunks were empty. */
  nothingToSend(): void {
    this.#pending = [];
    this.takingBack = false;
  }

  /** `taken` (from `next`) were sent and have landed as `hunks`, in offsets of `text`, the document's text before them. */
  landed(text: string, hunks: readonly (readonly Edit[])[], taken: readonly BaseHunk[]): void {
    this.#earlier.add(text.slice(this.span.from, this.span.to));
    this.pieces.landed(text, hunks);
    this.span = mapSpan(this.span, sortEdits(hunks.flat()), true);
    this.#pending = this.#pending.filter((hunk) => !taken.includes(hunk));
    this.#landed = sortEdits([...this.#landed, ...taken.flatMap((hunk) => hunk.edits)]);
  }

  /** The inverse edits landed. */
  tookBack(edits: readonly Edit[]): void {
    this.span = mapSpan(this.span, edits, true);
    this.pieces.clear();
    this.takingBack = false;
  }

  /** Edits of another region landed: `edits` in offsets of `text`, the text before them. */
  othersLanded(text: string, edits: readonly Edit[]): void {
    if (this.begun) this.changed(text, edits);
    else this.span = mapSpan(this.span, edits, true);
  }

  /** Somebody else made `edits` (offsets into `text`, before them). Returns why, if that touched the region. */
  changed(text: string, edits: readonly Edit[]): Interruption | undefined {
    if (edits.length === 0) return undefined;
    const touched = edits.some((edit) => touches(text, edit, this.span));
    this.pieces.changed(text, edits);
    this.span = mapSpan(this.span, edits, false);
    if (!touched) return undefined;
    const next = applyEdits(text, edits).slice(this.span.from, this.span.to);
    if (this.#earlier.has(next)) return 'undo';
    return next.trim() === '' ? 'deleted' : 'typing';
  }

  /** An engine's edit in offsets of the document's latest text; what lands later at one place goes behind what is there. */
  #toDocument(edit: Edit): Edit {
    const from = mapOffset(edit.from, this.#landed, 1);
    const to = edit.to === edit.from ? from : mapOffset(edit.to, this.#landed, -1);
    return shiftEdits([{ from, to: Math.max(from, to), insert: edit.insert }], this.span.from)[0]!;
  }
}
