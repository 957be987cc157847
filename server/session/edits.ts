// All edits of one editor: begins them, stops those that are in the way of a newer one, and acts on one or on its chain.

import type { Clock } from '../clock.ts';
import { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { EditorPort } from '../delivery/port.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { ClientError } from '../errors.ts';
import type { NewEntry, Reaction } from '../ledger/entry.ts';
import { applyEdits, shiftEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { EditHistory } from './edit-history.ts';
import type { EditDeps, EditRequest } from './edit-request.ts';
import { EditSession } from './edit-session.ts';
import { Insertions, type MakeInsertion } from './insertions.ts';
import { ledgerEntryOf } from './ledger-entry.ts';

export interface EditsOptions {
  readonly clock: Clock;
  readonly port: EditorPort;
  /** What an edit needs beside the clock and the delivery of its document. */
  readonly deps: Omit<EditDeps, 'clock' | 'delivery'>;
  /** Runs a task in a later turn, right after the answer to a request that is being handled: an edit tells nothing before its id is known. */
  readonly afterAnswer: (task: () => void) => void;
  readonly ledger: EditLedger;
}

/** Where measurements go; see server/ledger. */
export interface EditLedger {
  record(entry: NewEntry): void;
  amend(editId: string, reaction: Reaction): void;
  /** Resolves when all of it is written, or given up. */
  flush(): Promise<void>;
}

export type NewEdit = Omit<EditRequest, 'editId' | 'interrupts'>;

const supersededBy = 'a newer edit took its place';

export class Edits {
  readonly #options: EditsOptions;
  readonly #deliveries = new Map<string, DocumentDelivery>();
  readonly #insertions = new Insertions();
  readonly #history = new EditHistory();
  /** Resolve when the entry of an edit is in the ledger. */
  readonly #recorded = new WeakMap<EditSession, Promise<void>>();
  #count = 0;

  constructor(options: EditsOptions) {
    this.#options = options;
  }

  get running(): EditSession[] {
    return this.#history.running;
  }

  /** Oldest first. */
  get ended(): EditSession[] {
    return this.#history.ended;
  }

  /** The edit with this id; without one, the newest running edit or else the last one made. Throws ClientError. */
  find(editId: string | undefined): EditSession {
    return this.#history.find(editId);
  }

  /** The scope must be in offsets of the latest snapshot of its document. Edits that still change anything there are superseded. */
  begin(snapshot: Snapshot, edit: NewEdit): EditSession {
    const delivery = this.#deliveryOf(snapshot);
    const { span } = edit.scope;
    const inTheWay = this.#history.inTheWayOf(span, delivery);
    const editId = `edit-${++this.#count}`;
    const { clock, deps } = this.#options;
    const interrupts = edit.corrects?.isRunning === true;
    const session = new EditSession({ ...edit, editId, interrupts }, { ...deps, clock, delivery });
    // Before the older ones are stopped: a correction takes their running answer over.
    session.claim(edit.corrects?.handOver());
    const moving = this.#history.all
      .flatMap((other) => (other.isIn(delivery) ? this.#insertions.of(other) : []))
      .map((insertion) => insertion.movingIn(span));
    const stopped = inTheWay.map((older) => {
      const goesOn = older === edit.corrects || older === edit.retries;
      if (older.isRunning && !goesOn) this.#history.superseded(older, editId);
      return older.stop('superseded', supersededBy);
    });
    const settled = Promise.all([...stopped, ...moving]);
    this.#history.add(session);
    // An offer was measured when it was made.
    if (!edit.accepts)
      this.#recorded.set(
        session,
        session.ended.then(() => this.#record(session)),
      );
    this.#options.afterAnswer(() => session.start(settled));
    return session;
  }

  /** Redirects a running edit, or refines one that has ended: what is applied stays, and the model goes on from there. */
  steer(session: EditSession, instruction: string, title: string): EditSession {
    const last = this.#history.current(session);
    const { diagnostics: _, leftOut: __, ...request } = originalRequest(last);
    const edit = { ...request, ...this.#sameScope(last), title, instruction, corrects: last };
    const snapshot = this.latest(last);
    this.#amend(last, 'steered');
    return this.begin(snapshot, edit);
  }

  /** Reverts an edit and asks again, for the code in full if the answer left some out; `otherwise`: what is to be different. */
  retry(session: EditSession, otherwise: Partial<NewEdit>): EditSession {
    const last = this.#history.current(session);
    const { leftOut } = last.end ?? {};
    const inFull = leftOut ? { leftOut } : {};
    const edit = { ...originalRequest(last), ...inFull, ...this.#sameScope(last), ...otherwise, retries: last };
    const snapshot = this.latest(last);
    this.#amend(last, 'retried');
    void last.revert('superseded', supersededBy, 'own');
    return this.begin(snapshot, edit);
  }

  /** What a retry of an edit asks about: `text` is the scope's, once what the edit brought is reverted. Throws ClientError where there is no retry. */
  retried(session: EditSession): { request: EditRequest; text: string } {
    const { request, region } = this.#history.current(session);
    const { from, to } = region.span;
    const back = region.own.inverse().map(({ edit }) => edit);
    const text = this.latest(session).text.slice(from, to);
    return { request, text: applyEdits(text, shiftEdits(back, -from)) };
  }

  /** The user is content with an edit; what was only offered is applied. Throws ClientError if it fits no more, or was discarded. */
  keep(session: EditSession): void {
    const last = this.#history.lastOfChain(session);
    const isOffer = last.review.madeOffer && last.review.state !== 'kept';
    const kept = isOffer ? this.accept(last) : session;
    kept.review.judged('kept');
    this.#amend(session, 'kept');
  }

  /** Applies what an edit offers: an edit like any other, that goes on with it. Throws ClientError if it fits no more. */
  accept(session: EditSession): EditSession {
    const snapshot = this.latest(session);
    const { review, editId, request } = session;
    const { offer } = review;
    if (!offer) throw new ClientError(`editId: ${editId} has nothing to apply`);
    if (!session.isOffered) throw new ClientError(`editId: the code has changed since ${editId} was made; retry it`);
    review.judged('draft');
    const how = { mode: 'atomic', isOffer: false, accepts: offer, corrects: session } as const;
    return this.begin(snapshot, { ...request, ...this.#sameScope(session), ...how });
  }

  /** A check of the user's has passed on a document: its drafts are none any more. */
  verified(uri: string): void {
    for (const session of this.#history.of(uri)) {
      if (session.isRunning || session.review.state !== 'draft') continue;
      session.review.judged('verified');
      if (session.hasLanded) this.#amend(session, 'verified');
    }
  }

  /** Reverts a chain of edits, as far as nobody has changed it since. Whether there was anything to revert. */
  revert(session: EditSession, reason: string): boolean {
    const last = this.#history.lastOfChain(session);
    const insertions = this.#history.chainOf(session).flatMap((other) => this.#insertions.of(other));
    const wasThere = last.hasLanded || insertions.some(({ isThere }) => isThere);
    void last.revert('cancelled', reason, 'chain');
    for (const insertion of insertions) void insertion.revert();
    this.#amend(last, 'reverted');
    return wasThere;
  }

  /**
   * Lets a line in beside an edit; `revert` takes it out too. `make` is asked with the latest text, once no edit runs where the line goes; undefined:
   * there is nothing to let in any more. Resolves with the reason why it did not get in, if it did not.
   */
  insert(session: EditSession, make: MakeInsertion, joinsUndo: boolean): Promise<string | undefined> {
    const delivery = () => this.#deliveryIn(session);
    const isAround = ({ from, to }: Span, at: number) => from < at && at < to;
    const endsAround = (at: number) =>
      this.running
        .filter((other) => other.isIn(delivery()) && isAround(other.region.span, at))
        .map(({ ended }) => ended);
    return this.#insertions.insert({ owner: session, make, joinsUndo, delivery, endsAround });
  }

  /** The edits of a document, newest first, that were made since it was opened: nothing can be done to others any more. */
  sinceOpened(uri: string): EditSession[] {
    const delivery = this.#deliveries.get(uri);
    return delivery ? this.#history.of(uri).filter((session) => session.isIn(delivery)) : [];
  }

  /** The latest snapshot of an edit's document. Throws ClientError once it was closed. */
  latest(session: EditSession): Snapshot {
    return this.#deliveryIn(session).snapshot;
  }

  /** New texts of a document were received from the editor, oldest first. `moreFollow`: so were others, that are read next. */
  changed(uri: string, texts: readonly Snapshot[], { moreFollow = false } = {}): void {
    this.#deliveries.get(uri)?.changed(texts, { moreFollow });
  }

  closed(uri: string): void {
    // An offer can't be applied to a document that is closed: its text may change unseen.
    for (const { review } of this.#history.of(uri)) if (review.state === 'offered') review.judged('draft');
    this.#deliveries.get(uri)?.closed();
    this.#deliveries.delete(uri);
  }

  /** Stops every running edit; what has landed stays. Resolves when each has told its end. */
  async shutdown(): Promise<void> {
    for (const session of this.running) session.stop('cancelled', 'the server was shut down');
    await Promise.all(this.#history.all.map((session) => this.#settled(session)));
    await this.#options.ledger.flush();
  }

  /** In a later turn, because the entry takes a diff, and the turn of the end has enough to do. */
  #record(session: EditSession): Promise<void> {
    return new Promise((resolve) => {
      this.#options.afterAnswer(() => {
        // Shutdown waits for it, and must not wait for ever where recording throws.
        resolve();
        this.#options.ledger.record(ledgerEntryOf(session));
      });
    });
  }

  /** A reaction to an accepted offer is recorded for the edit that made the offer: only that one was measured. */
  #amend(session: EditSession, reaction: Reaction): void {
    const { accepts, corrects } = session.request;
    const { editId } = (accepts && this.#history.all.find((other) => other === corrects)) ?? session;
    void this.#settled(session).then(() => this.#options.ledger.amend(editId, reaction));
  }

  /** Resolves when it has ended and its entry is in the ledger. */
  #settled(session: EditSession): Promise<void> {
    return this.#recorded.get(session) ?? session.ended;
  }

  #sameScope(session: EditSession): Pick<NewEdit, 'scope'> {
    // Its region is where the latest text of the editor has it, whatever that text means.
    const delivery = this.#deliveries.get(session.uri);
    delivery?.readHeld();
    const { request, region } = session;
    return { scope: { ...request.scope, span: delivery?.seen(region).span ?? region.span } };
  }

  /** Throws ClientError once the document of the edit was closed. */
  #deliveryIn(session: EditSession): DocumentDelivery {
    const delivery = this.#deliveries.get(session.uri);
    if (delivery && session.isIn(delivery)) return delivery;
    throw new ClientError(`editId: the document of ${session.editId} was closed`);
  }

  #deliveryOf(snapshot: Snapshot): DocumentDelivery {
    const known = this.#deliveries.get(snapshot.uri);
    if (known) return known;
    const { clock, port } = this.#options;
    const delivery = new DocumentDelivery({ snapshot, port, clock });
    this.#deliveries.set(snapshot.uri, delivery);
    return delivery;
  }
}

/** The request as it was made first: an edit that applied an offer is asked for as an offer again. */
function originalRequest({ request: { accepts, ...request } }: EditSession): Omit<EditRequest, 'accepts'> {
  return accepts ? { ...request, isOffer: true } : request;
}
