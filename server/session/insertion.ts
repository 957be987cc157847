// One line that the user let in beside an edit, e.g. an import: a region of its own that sends a single insertion.

import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { Interruption, Region } from '../delivery/region.ts';
import type { Span } from '../text/span.ts';
import { interruptions } from './ending.ts';

export interface InsertionOptions {
  readonly delivery: DocumentDelivery;
  /** Offset into the delivery's latest snapshot. */
  readonly at: number;
  readonly text: string;
  readonly joinsUndo: boolean;
}

export class Insertion {
  readonly #delivery: DocumentDelivery;
  readonly #region: Region;
  #hasLanded = false;
  #isOver = false;
  #problem: string | undefined;
  /** Resolves when the text shows it, or with the reason why it never will. Never rejects. */
  readonly done: Promise<string | undefined>;

  constructor({ delivery, at, text, joinsUndo }: InsertionOptions) {
    this.#delivery = delivery;
    const listener = {
      landed: () => {
        this.#hasLanded = true;
      },
      interrupted: (why: Interruption) => this.#gaveUp(interruptions[why]),
      failed: (reason: string) => this.#gaveUp(reason),
    };
    this.#region = delivery.open({ span: { from: at, to: at }, mode: 'atomic', joinsUndo, listener });
    delivery.begin(this.#region);
    this.#region.push([{ edits: [{ from: 0, to: 0, insert: text }] }]);
    this.#region.whole = true;
    this.done = this.#run();
  }

  /** Whether it is in the buffer, or on its way there. */
  get isThere(): boolean {
    return !this.#region.own.empty || this.#delivery.isSending(this.#region);
  }

  /** Whether it is on its way into `span` of the latest snapshot. */
  isComingTo(span: Span): boolean {
    const { from, to } = this.#region.span;
    return !this.#isOver && span.from < to && from < span.to;
  }

  /** Takes it back, unless somebody has changed it since. */
  async undo(): Promise<void> {
    await this.done;
    if (this.#region.takeBack('own')) this.#delivery.pump();
  }

  async #run(): Promise<string | undefined> {
    const idle = this.#region.whenIdle();
    this.#delivery.pump();
    await idle;
    this.#isOver = true;
    this.#region.end();
    return this.#problem;
  }

  #gaveUp(reason: string): void {
    if (!this.#hasLanded) this.#problem ??= reason;
  }
}
