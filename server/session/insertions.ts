// The lines that users let in beside edits: one after the other in each document, remembered with the edit that they came with.

import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { Insertion } from './insertion.ts';

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
  /** Ends of the last insertions. */
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
    const made = make(delivery.snapshot);
    if (!made) return undefined;
    const inTheWay = request.endsAround(made.at);
    if (inTheWay.length > 0) {
      await Promise.all(inTheWay);
      return this.#insertNow(request);
    }
    const insertion = new Insertion({ ...made, delivery, joinsUndo });
    this.#made.set(owner, [...this.of(owner), insertion]);
    return insertion.done;
  }
}
