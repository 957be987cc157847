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
  /** Resolves when it is no longer on its way, in or out; undefined while it is not. */
  #moving: Promise<unknown> | undefined;
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
    const span = { from: at, to: at };
    this.#region = delivery.open({ span, mode: 'atomic', joinsUndo, listener, standsAlone: true });
    delivery.begin(this.#region);
    this.#region.push([{ edits: [{ from: 0, to: 0, insert: text }] }]);
    this.#region.whole = true;
    this.done = this.#untilRest(this.#arrive());
  }

  /** Whether it is in the buffer, or on its way there. */
  get isThere(): boolean {
    return !this.#region.own.empty || this.#delivery.isSending(this.#region);
  }

  /** If it is on its way into `span` of the latest snapshot or out of it: resolves when it is there, or gone. Never rejects. */
  movingIn(span: Span): Promise<unknown> | undefined {
    const { from, to } = this.#region.span;
    return span.from < to && from < span.to ? this.#moving : undefined;
  }

  /** Takes it back, unless somebody has changed it since. */
  undo(): Promise<void> {
    return this.#untilRest(this.#leave());
  }

  async #arrive(): Promise<string | undefined> {
    await this.#idle();
    this.#region.end();
    return this.#problem;
  }

  async #leave(): Promise<void> {
    await this.done;
    if (this.#region.takeBack('own')) await this.#idle();
  }

  async #idle(): Promise<void> {
    const idle = this.#region.whenIdle();
    this.#delivery.pump();
    await idle;
  }

  #untilRest<T>(way: Promise<T>): Promise<T> {
    this.#moving = way;
    return way.finally(() => {
      if (this.#moving === way) this.#moving = undefined;
    });
  }

  #gaveUp(reason: string): void {
    if (!this.#hasLanded) this.#problem ??= reason;
  }
}
