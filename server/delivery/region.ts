// The region of one edit in a changing document: whether its edits may leave, and which of them wait. Where it is, region-text.ts knows.
// Owns no timer and sends nothing: ApplySender asks it for edits, and DocumentDelivery calls it with every change.

import { isOnBlankLine } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { type BaseHunk, HunkQueue } from './hunk-queue.ts';
import type { LandedChanges, TrackedEdit } from './landed-changes.ts';
import { type DeliveryMode, Pacing } from './pacing.ts';
import type { TextChange } from './rebase.ts';
import type { Interruption, RegionListener, RevertScope } from './region-listener.ts';
import { RegionText } from './region-text.ts';

export interface RegionOptions {
  readonly span: Span;
  /** The document's text that `span` is in. */
  readonly text: string;
  readonly mode: DeliveryMode;
  readonly joinsUndo: boolean;
  readonly listener: RegionListener;
  /** What it inserts belongs to no other region at whose edge it lands, not even to one that has not begun. */
  readonly standsAlone?: boolean;
}

type Life =
  /** Older edits of the same text settle: what they still change in here is part of where this one begins. */
  | { readonly state: 'queued' }
  /** The model's edits leave. `isWhole`: so is the answer, and none of them need wait for a window. */
  | { readonly state: 'open'; readonly isWhole: boolean }
  /** No more edits of the model leave: it was interrupted or stopped, has failed, or is at its end. */
  | { readonly state: 'ended'; readonly hasBegun: boolean }
  /** The same, and what has landed is on its way out. */
  | { readonly state: 'reverting'; readonly scope: RevertScope };

export class Region {
  readonly listener: RegionListener;
  readonly pacing: Pacing;
  readonly #standsAlone: boolean;
  readonly #text: RegionText;
  readonly #hunks = new HunkQueue();
  readonly #onIdle: (() => void)[] = [];
  #life: Life = { state: 'queued' };
  #isMisplaced = false;
  #isDetached = false;
  #resent = 0;
  #repairs = 0;

  constructor({ span, text, mode, joinsUndo, listener, standsAlone = false }: RegionOptions) {
    this.listener = listener;
    this.#standsAlone = standsAlone;
    this.#text = new RegionText(span, text);
    this.pacing = new Pacing(mode, joinsUndo);
  }

  /** In offsets of the document's latest clean text. */
  get span(): Span {
    return this.#text.span;
  }

  /** What of this edit has landed. */
  get own(): LandedChanges {
    return this.#text.own;
  }

  /** What of its whole chain (steer) has landed. */
  get chain(): LandedChanges {
    return this.#text.chain;
  }

  /** Whether the older edits of the same text have settled: every change of its text is somebody else's from then on. */
  get hasBegun(): boolean {
    return this.#life.state === 'ended' ? this.#life.hasBegun : this.#life.state !== 'queued';
  }

  /** Whether no more edits of the model leave. */
  get hasEnded(): boolean {
    return this.#life.state === 'ended' || this.#life.state === 'reverting';
  }

  get reverting(): RevertScope | undefined {
    return this.#life.state === 'reverting' ? this.#life.scope : undefined;
  }

  /** Whether nothing of the model's answer has been handed over yet. */
  get untouched(): boolean {
    return this.#hunks.isUnused;
  }

  /** Whether nothing waits to be sent. An edit may still be under way. */
  get isIdle(): boolean {
    return this.#hunks.isEmpty && this.#life.state !== 'reverting';
  }

  /** Whether the editor takes none of its edits for now: nothing of the model's leaves until a newer text comes. */
  get isHeld(): boolean {
    return this.pacing.isHeld;
  }

  /** Whether something of it may stand in the wrong place. */
  get isMisplaced(): boolean {
    return this.#isMisplaced;
  }

  /** How often an edit got lost on its way and was sent again. */
  get resent(): number {
    return this.#resent;
  }

  /** How often an edit that the editor had put in the wrong place had to be put right. */
  get repairs(): number {
    return this.#repairs;
  }

  /** Resolves once nothing waits and nothing is under way. */
  whenIdle(): Promise<void> {
    if (this.#isDetached) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  /** Hands over edits of the model's; `DocumentDelivery.pump` sends what may be sent. */
  push(hunks: readonly BaseHunk[]): void {
    if (!this.hasEnded) this.#hunks.add(hunks, () => this.chain.nextId());
  }

  /** The answer is whole: what waits need not wait for a window. */
  complete(): void {
    if (this.#life.state === 'open') this.#life = { state: 'open', isWhole: true };
  }

  /** Nothing more of the model's answer will leave. */
  end(): void {
    this.#hunks.clear();
    if (!this.hasEnded) this.#life = { state: 'ended', hasBegun: this.hasBegun };
  }

  /** Asks for what has landed to be reverted; whether there is anything. A chain that is being reverted stays so: it holds what is the edit's own. */
  revert(scope: RevertScope): boolean {
    if (this.reverting === 'chain') return true;
    if (this[scope].empty && !this.#isMisplaced) return false;
    this.end();
    this.#life = { state: 'reverting', scope };
    return true;
  }

  /** What could be sent now, sorted. */
  editsToSend(): readonly TrackedEdit[] {
    const scope = this.reverting;
    return scope ? this[scope].inverse() : this.#hunks.inDocument(this.span.from);
  }

  // What follows is for DocumentDelivery and its parts alone.

  /** Older edits of the same text have settled: the region's text is its base from now on. */
  begin(): void {
    if (this.#life.state === 'queued') this.#life = { state: 'open', isWhole: false };
    else if (this.#life.state === 'ended') this.#life = { state: 'ended', hasBegun: true };
  }

  /** Joins the chain of an older region of the same code. `text`: the document's latest. */
  goOnFrom(older: Region, text: string): void {
    this.#text.goOnFrom(older.#text, text);
  }

  /** Nobody follows the region any more: it is forgotten, or a later edit of its chain took over. */
  detach(): void {
    this.#isDetached = true;
    this.abandon();
    this.tellIdle();
  }

  /** Nothing leaves any more, and nothing is reverted. */
  abandon(): void {
    this.end();
    this.#life = { state: 'ended', hasBegun: this.hasBegun };
  }

  /** What waited has come to nothing: somebody has touched all changes that were to be reverted, or the hunks change nothing. */
  nothingToSend(): void {
    this.#hunks.clear();
    if (this.reverting) this.abandon();
  }

  /** Nothing can be reverted any more. */
  clear(): void {
    this.#isMisplaced = false;
    this.#text.clear();
  }

  /** Nothing waits and nothing is under way: resolves `whenIdle`. */
  tellIdle(): void {
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  /** Milliseconds until something may be sent; see Pacing. */
  waitMs(nowMs: number): number {
    if (this.#life.state === 'reverting') return 0;
    return this.pacing.waitMs(nowMs, this.#life.state === 'open' && this.#life.isWhole);
  }

  /** An edit got lost on its way, and is sent again. */
  lost(): void {
    this.#resent++;
  }

  /** An edit of it stands in the wrong place. */
  misplaced(): void {
    this.#repairs++;
    this.#isMisplaced = true;
  }

  /** Nothing of it stands in the wrong place any more. */
  putRight(): void {
    this.#isMisplaced = false;
  }

  /** Edits have landed, `sent` and sorted as by `editsToSend`; in offsets of `text`, the document's clean text before them. `scope`: they revert. */
  landed(text: string, sent: readonly TrackedEdit[], scope?: RevertScope): void {
    if (scope) return this.#text.reverted(text, sent, scope);
    this.#text.landed(text, sent);
    this.#hunks.landed(sent);
  }

  /** The revert has landed, unless more is to be reverted by now. */
  endRevert(scope: RevertScope): void {
    if (this.reverting === scope) this.abandon();
  }

  /** Edits of another region landed. Returns why, if that touched this one. */
  othersLanded(change: Omit<TextChange, 'next'>, other: Region): Interruption | undefined {
    const isTouched = this.#text.move(change, !this.hasBegun && !other.#standsAlone);
    return this.hasBegun && isTouched ? 'reverted' : undefined;
  }

  /** Somebody else changed the document. Returns how, if that touched the region. */
  changed(change: TextChange): Interruption | undefined {
    const wasFree = this.#isFreeLine(change.text);
    const how = this.#text.changed(change);
    return how ?? (wasFree && !this.#isFreeLine(change.next) ? 'typing' : undefined);
  }

  /** Whether it is empty, on a blank line: that line is all that there is of a place for new code, so that who types on it types in it. */
  #isFreeLine(text: string): boolean {
    const { from, to } = this.span;
    return from === to && !this.#standsAlone && isOnBlankLine(text, from);
  }
}
