// The region that an edit has claimed in a document: what it reads now, and the way into the editor's buffer.

import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { BaseHunk } from '../delivery/hunk-queue.ts';
import type { Region } from '../delivery/region.ts';
import type { RegionListener, RevertScope } from '../delivery/region-listener.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';
import type { EditRequest } from './edit-request.ts';
import { type Rest, restOf } from './offer.ts';

/** Owned by one edit session. All spans are in offsets of the delivery's latest snapshot, unless said otherwise. */
export class ClaimedRegion {
  readonly region: Region;
  readonly #delivery: DocumentDelivery;
  readonly #corrects: EditRequest['corrects'];

  /** The region is followed from now on; `request.scope` is in offsets of the latest text received from the editor. */
  static claim(delivery: DocumentDelivery, request: EditRequest, listener: RegionListener): ClaimedRegion {
    const { scope, mode, joinsUndo, corrects } = request;
    return new ClaimedRegion(delivery, delivery.open({ span: scope.span, mode, joinsUndo, listener }), corrects);
  }

  private constructor(delivery: DocumentDelivery, region: Region, corrects: EditRequest['corrects']) {
    this.#delivery = delivery;
    this.region = region;
    this.#corrects = corrects;
  }

  get span(): Span {
    return this.region.span;
  }

  get text(): string {
    const { from, to } = this.region.span;
    return this.#delivery.snapshot.text.slice(from, to);
  }

  /** The region in the latest text received from the editor. */
  get seen(): { snapshot: Snapshot; span: Span } {
    return this.#delivery.seen(this.region);
  }

  /** Whether anything of the edit, or of those that it corrects, is in the buffer or on its way there, and could be reverted. */
  get hasLanded(): boolean {
    const { region } = this;
    const isOfChain = !region.hasBegun && this.#corrects?.hasLanded === true;
    return isOfChain || !region.chain.empty || region.isMisplaced || this.#delivery.isSending(region);
  }

  /** Edits of the model's are under way to the editor. */
  get isSending(): boolean {
    return this.#delivery.isSending(this.region);
  }

  get isIdle(): boolean {
    return this.region.isIdle;
  }

  /** Nothing of an answer has been handed over yet. */
  get isUntouched(): boolean {
    return this.region.untouched;
  }

  get isReverting(): boolean {
    return this.region.reverting !== undefined;
  }

  /** The region's text of this moment is the base that the model is asked about; every later change of it by others counts as an interruption. */
  begin(): void {
    if (!this.region.hasBegun) this.#delivery.begin(this.region, this.#corrects?.region);
  }

  push(hunks: readonly BaseHunk[]): void {
    this.region.push(hunks);
    this.#delivery.pump();
  }

  /** The answer is whole: what waits need not wait for a window. */
  complete(): void {
    this.region.complete();
  }

  /** Nothing more of the answer leaves. */
  end(): void {
    this.region.end();
  }

  /** Sends what may be sent now. */
  pump(): void {
    this.#delivery.pump();
  }

  /** What the editor refuses to take of a whole answer; undefined if it refuses nothing. */
  get refused(): Rest | undefined {
    return this.region.isHeld ? restOf(this.region, this.#delivery.snapshot.text) : undefined;
  }

  /** Reverts what has landed and nobody has changed since. `older`: resolves when the edits before this one have settled. Resolves when the editor shows it, or can't. */
  async revert(what: RevertScope, older: Promise<unknown>): Promise<void> {
    // Before the region has begun it has nothing of its own, and the edit before it still owns the chain.
    if (!this.region.hasBegun && what === 'own') return;
    if (!this.region.hasBegun) await older;
    this.begin();
    if (this.region.revert(what)) await this.whenIdle();
  }

  /** Resolves once nothing waits to be sent and nothing is under way. */
  whenIdle(): Promise<void> {
    return this.#delivery.whenIdle(this.region);
  }
}
