// The region of one edit, or of a chain of them, in a changing document: where it is, what has landed in it, what waits.
// Owns no timer and sends nothing; DocumentDelivery asks it for edits and tells it of every change.

import { applyEdits, type Edit, mapOffset, shiftEdits, sortEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { Outgoing } from './outgoing.ts';
import { type DeliveryMode, Pacing } from './pacing.ts';
import { type Memory, nothing, Pieces } from './pieces.ts';
import { abuts, type Change, findBack, mapSpan, tellAround, touches } from './retell.ts';

/** Edits that land together; offsets into the region's base text. Structurally the engine's Hunk. */
export interface BaseHunk {
  readonly edits: readonly Edit[];
}

/** Why a region is no longer ours to edit. */
export type Interruption = 'typing' | 'undo' | 'deleted' | 'takenBack' | 'closed';

/** Edits of ours that a received text shows. `edits` are in offsets of `text`, the document's text before them. */
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
  /** The editor takes none at the moment: what waits is held until a newer text comes. Absent: that is a failure. */
  refused?(): void;
}

export interface RegionOptions {
  readonly span: Span;
  /** The document's text that `span` is in. */
  readonly text: string;
  readonly mode: DeliveryMode;
  readonly joinsUndo: boolean;
  readonly listener: RegionListener;
  /** What it brings belongs to no other region at whose edge it lands, not even to one that has not begun. */
  readonly standsAlone?: boolean;
}

/** What is taken back: what this edit made, or what all edits of its chain made. */
export type TakeBack = 'own' | 'chain';

/** An edit of the model's that has not landed, in offsets of the base text. */
type Pending = Required<Omit<Outgoing, 'edit'>>;

export class Region {
  /** In offsets of the document's latest text. */
  span: Span;
  /** False while older edits of the same text settle: what they still change in here is part of where this one begins. */
  begun = false;
  /** No more edits of the model leave: interrupted, stopped, failed or at its end. */
  ended = false;
  /** The answer is whole: what is pending need not wait for a window. */
  whole = false;
  /** What has landed is to be taken back. */
  takingBack: TakeBack | undefined;
  /** How often an edit got lost on its way and was sent again. */
  resent = 0;
  /** The editor takes none of its edits for now: nothing leaves until a newer text comes. */
  held = false;
  /** How often an edit that the editor had put in the wrong place had to be put right. */
  repairs = 0;
  /** Something of it may stand in the wrong place. */
  isAstray = false;
  /** Since when the editor has refused an edit although its text is the one we know; ms. */
  refusedSince: number | undefined;
  readonly listener: RegionListener;
  readonly standsAlone: boolean;
  readonly pacing: Pacing;
  /** What of this edit has landed. */
  readonly own = new Pieces();
  /** What of its whole chain (steer) has landed: the one of them that runs keeps it for all. */
  chain = this.own;
  /** Landed edits in base offsets, sorted. */
  #landed: readonly Edit[] = [];
  #pending: readonly Pending[] = [];
  /** Texts that the region had before, to tell an undo from typing, and what could be taken back then: of `own`, and of `chain` if that is more. */
  readonly #earlier = new Map<string, readonly Memory[]>();
  readonly #waiting: (() => void)[] = [];
  #isDetached = false;
  /** Somebody else has changed what is inside, and not undone that. */
  #isChanged = false;

  constructor({ span, text, mode, joinsUndo, listener, standsAlone = false }: RegionOptions) {
    this.span = span;
    this.listener = listener;
    this.standsAlone = standsAlone;
    this.pacing = new Pacing(mode, joinsUndo);
    this.#remember(this.#textIn(text));
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
    this.abandon();
    this.tellIdle();
  }

  /** Resolves once nothing waits and nothing is under way. */
  whenIdle(): Promise<void> {
    if (this.#isDetached) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Joins the chain of an older region of the same code. What that one has read, this one reads again if somebody undoes so much. */
  goOnFrom(older: Region, text: string): void {
    this.chain = older.chain;
    this.#earlier.clear();
    for (const [read, memories] of older.#earlier) this.#earlier.set(read, [nothing, memories.at(-1)!]);
    this.#remember(this.#textIn(text));
  }

  /** For the delivery alone: nothing waits and nothing is under way. */
  tellIdle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  push(hunks: readonly BaseHunk[]): void {
    if (this.ended) return;
    const pending = hunks.flatMap(({ edits }) => {
      const hunk = this.chain.nextNumber();
      return edits.map((base) => ({ id: this.chain.nextNumber(), hunk, base }));
    });
    this.#pending = [...this.#pending, ...pending];
  }

  /** Nothing more of the model's answer will leave. */
  end(): void {
    this.ended = true;
    this.#pending = [];
  }

  /** Nothing leaves any more, and nothing is taken back. */
  abandon(): void {
    this.end();
    this.takingBack = undefined;
  }

  /** Milliseconds until something may be sent; see Pacing. */
  waitMs(nowMs: number): number {
    if (this.held && !this.takingBack) return Number.POSITIVE_INFINITY;
    return this.pacing.waitMs(nowMs, this.whole || this.takingBack !== undefined);
  }

  /** A newer text has come: the editor may take edits again. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    this.refusedSince = undefined;
  }

  /** Asks for what has landed to be taken back; whether there is anything. A chain that is being taken back stays so: it holds what is the edit's own. */
  takeBack(what: TakeBack): boolean {
    if (this.takingBack === 'chain') return true;
    if (this[what].empty && !this.isAstray) return false;
    this.takingBack = what;
    return true;
  }

  /** Nothing can be taken back any more. */
  clear(): void {
    this.isAstray = false;
    for (const pieces of this.#allPieces()) pieces.clear();
  }

  /** What could be sent now, sorted. */
  next(): readonly Outgoing[] {
    if (this.takingBack) return this[this.takingBack].inverse();
    return sorted(this.#pending.map((pending) => ({ ...pending, edit: this.#toDocument(pending.base) })));
  }

  /** What waited has come to nothing: the pieces to take back were all touched, or the hunks were empty. */
  nothingToSend(): void {
    this.#pending = [];
    this.takingBack = undefined;
  }

  /** Edits of the model's have landed, `sent` and sorted as by `next`; in offsets of `text`, the document's text before them. */
  landed(text: string, sent: readonly Outgoing[]): void {
    const edits = editsOf(sent);
    const before = this.#textIn(text);
    const after = applyEdits(before, shiftEdits(edits, -this.span.from));
    this.#remember(before);
    this.span = mapSpan(this.span, edits, true);
    for (const pieces of this.#allPieces()) pieces.landed(text, sent);
    this.#remember(after);
    this.#pending = this.#pending.filter(({ id }) => !sent.some((one) => one.id === id));
    this.#landed = sortEdits([...this.#landed, ...sent.map(({ base }) => base!)]);
  }

  /** Edits that take back have landed, likewise. */
  tookBack(text: string, sent: readonly Outgoing[], what: TakeBack): void {
    const edits = editsOf(sent);
    this.span = mapSpan(this.span, edits, true);
    this[what].takenBack(new Set(sent.map(({ id }) => id)), edits, this.span);
    if (this.own === this.chain) return;
    if (what === 'own') this.chain.landed(text, sent);
    else this.own.clear();
  }

  /** Edits of another region landed. Returns why, if that touched this one. */
  othersLanded(change: Omit<Change, 'next'>, { standsAlone }: Region): Interruption | undefined {
    const isTouched = this.#move(change, !this.begun && !standsAlone);
    return this.begun && isTouched ? 'takenBack' : undefined;
  }

  /** Somebody else changed the document. Returns why, if that touched the region. */
  changed(change: Change): Interruption | undefined {
    const { next } = change;
    const told = { ...change, edits: tellAround(change, this.span) };
    const isTouched = told.edits.some((edit) => touches(edit, this.span));
    // What was taken out at an edge comes back outside of it.
    const isNear = isTouched || (this.#isChanged && told.edits.some((edit) => abuts(edit, this.span)));
    if (isNear && this.#undone(told)) return 'undo';
    this.#move(told, false);
    if (!isTouched) return undefined;
    this.#isChanged = true;
    return next.slice(this.span.from, this.span.to).trim() === '' ? 'deleted' : 'typing';
  }

  /**
   * Whether the region reads what it read once. What stood where is known then, and need not be told from the change: an undo brings characters back among
   * others that are equal. The latest of several texts counts.
   */
  #undone(told: Change): boolean {
    for (const [text, memories] of [...this.#earlier].reverse()) {
      const span = findBack(told, this.span, text);
      if (!span) continue;
      this.span = span;
      this.#isChanged = false;
      for (const [i, pieces] of this.#allPieces().entries()) {
        const memory = memories[i];
        if (memory) pieces.recall(memory, this.span);
        else pieces.changed(told, this.span);
      }
      return true;
    }
    return false;
  }

  #textIn(text: string): string {
    return text.slice(this.span.from, this.span.to);
  }

  /** `read`: what the region reads. */
  #remember(read: string): void {
    this.#earlier.delete(read);
    this.#earlier.set(
      read,
      this.#allPieces().map((pieces) => pieces.remember(this.span)),
    );
  }

  /** Whether the change touched the region. `own`: what it inserts at an edge belongs to the region. */
  #move(change: Omit<Change, 'next'>, own: boolean): boolean {
    const isTouched = change.edits.some((edit) => touches(edit, this.span));
    this.span = mapSpan(this.span, change.edits, own);
    for (const pieces of this.#allPieces()) {
      if (isTouched) pieces.changed(change, this.span);
      else pieces.moved(change.edits, this.span);
    }
    return isTouched;
  }

  #allPieces(): readonly Pieces[] {
    return this.own === this.chain ? [this.own] : [this.own, this.chain];
  }

  /** An engine's edit in offsets of the document's latest text; what lands later at one place goes behind what is there. */
  #toDocument(edit: Edit): Edit {
    const start = this.span.from;
    const from = mapOffset(edit.from, this.#landed, 1);
    const to = edit.to === edit.from ? from : Math.max(from, mapOffset(edit.to, this.#landed, -1));
    return { from: from + start, to: to + start, insert: edit.insert };
  }
}

function editsOf(outgoing: readonly Outgoing[]): Edit[] {
  return outgoing.map(({ edit }) => edit);
}

function sorted(outgoing: Outgoing[]): Outgoing[] {
  return outgoing.sort((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to);
}
