// Lines that users let in beside edits, e.g. imports: each is a region of its own that sends a single insertion. One after the other in each
// document, remembered with the edit that they came with.

import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { Region } from '../delivery/region.ts';
import type { Interruption } from '../delivery/region-listener.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';
import { interruptions } from './ending.ts';

/** A line with the line breaks around it. `at`: offset into the snapshot that it was made for. */
export interface NewInsertion {
  readonly at: number;
  readonly text: string;
}

/** Undefined: there is nothing to let in any more. */
export type MakeInsertion = (snapshot: Snapshot) => NewInsertion | undefined;

export interface InsertionRequest {
  /** The edit that it comes with. */
  readonly owner: object;
  readonly make: MakeInsertion;
  readonly joinsUndo: boolean;
  /** Throws ClientError once the document was closed. */
  readonly delivery: () => DocumentDelivery;
  /** The ends of the edits that run around an offset into the delivery's latest snapshot. */
  readonly endsAround: (at: number) => readonly Promise<void>[];
}

export class Insertions {
  /** The last insertion of each document, to wait for. */
  readonly #turns = new WeakMap<DocumentDelivery, Promise<unknown>>();
  readonly #made = new WeakMap<object, readonly Insertion[]>();

  /** Those that came with an edit, oldest first. */
  of(owner: object): readonly Insertion[] {
    return this.#made.get(owner) ?? [];
  }

  /** Lets a line in, once no edit runs where it goes. Resolves with the reason why it did not get in, if it did not. */
  async insert(request: InsertionRequest): Promise<string | undefined> {
    const delivery = request.delivery();
    // One after the other, so that the next one sees what the one before has brought in.
    const turn = (this.#turns.get(delivery) ?? Promise.resolve()).then(() => this.#insertNow(request));
    this.#turns.set(
      delivery,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async #insertNow(request: InsertionRequest): Promise<string | undefined> {
    const { owner, make, joinsUndo } = request;
    const delivery = request.delivery();
    // Opening a region reads it too, which would move what `make` says.
    delivery.readHeld({ sends: true });
    const made = make(delivery.snapshot);
    if (!made) return undefined;
    const inTheWay = request.endsAround(made.at);
    if (inTheWay.length > 0) {
      await Promise.all(inTheWay);
      return this.#insertNow(request);
    }
    const insertion = Insertion.send({ ...made, delivery, joinsUndo });
    this.#made.set(owner, [...this.of(owner), insertion]);
    return insertion.done;
  }
}

interface InsertionOptions {
  readonly delivery: DocumentDelivery;
  /** Offset into the delivery's snapshot. */
  readonly at: number;
  readonly text: string;
  readonly joinsUndo: boolean;
}

/** What the delivery has said of an insertion. */
interface Fate {
  hasLanded: boolean;
  /** Why it did not land. */
  problem?: string;
}

export class Insertion {
  readonly #delivery: DocumentDelivery;
  readonly #region: Region;
  readonly #fate: Fate;
  /** Resolves when it has arrived or left; undefined while it does neither. */
  #moving: Promise<unknown> | undefined;
  #done: Promise<string | undefined> = Promise.resolve(undefined);

  /** Opens a region for the line, and sends it. */
  static send({ delivery, at, text, joinsUndo }: InsertionOptions): Insertion {
    const fate: Fate = { hasLanded: false };
    const failed = (reason: string) => {
      if (!fate.hasLanded) fate.problem ??= reason;
    };
    const listener = {
      landed: () => {
        fate.hasLanded = true;
      },
      interrupted: (why: Interruption) => failed(interruptions[why]),
      failed,
    };
    const { span } = delivery.seen({ span: { from: at, to: at } });
    const region = delivery.open({ span, mode: 'atomic', joinsUndo, listener, standsAlone: true });
    const insertion = new Insertion(delivery, region, fate);
    delivery.begin(region);
    region.push([{ edits: [{ from: 0, to: 0, insert: text }] }]);
    region.complete();
    insertion.#done = insertion.#whileMoving(insertion.#arrive());
    return insertion;
  }

  private constructor(delivery: DocumentDelivery, region: Region, fate: Fate) {
    this.#delivery = delivery;
    this.#region = region;
    this.#fate = fate;
  }

  /** Resolves when the text shows it, or with the reason why it never will. Never rejects. */
  get done(): Promise<string | undefined> {
    return this.#done;
  }

  /** Whether it is in the buffer, or on its way there. */
  get isThere(): boolean {
    return !this.#region.own.empty || this.#delivery.isSending(this.#region);
  }

  /** While it is arriving in or leaving `span` of the latest snapshot: resolves when that is over. Never rejects. */
  movingIn(span: Span): Promise<unknown> | undefined {
    const { from, to } = this.#region.span;
    return span.from < to && from < span.to ? this.#moving : undefined;
  }

  /** Unless somebody has changed it since. */
  revert(): Promise<void> {
    return this.#whileMoving(this.#leave());
  }

  async #arrive(): Promise<string | undefined> {
    await this.#delivery.whenIdle(this.#region);
    this.#region.end();
    return this.#fate.problem;
  }

  async #leave(): Promise<void> {
    await this.done;
    if (this.#region.revert('own')) await this.#delivery.whenIdle(this.#region);
  }

  #whileMoving<T>(way: Promise<T>): Promise<T> {
    this.#moving = way;
    return way.finally(() => {
      if (this.#moving === way) this.#moving = undefined;
    });
  }
}
