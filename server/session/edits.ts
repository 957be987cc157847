// All edits of one editor: which run, which was last, which supersedes which, and the deliveries of their documents.

import type { Clock } from '../clock.ts';
import { DocumentDelivery, type EditorPort } from '../delivery/document-delivery.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { ClientError } from '../errors.ts';
import type { NewEntry, Reaction } from '../ledger/entry.ts';
import { applyEdits, shiftEdits } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import { accountOf } from './account.ts';
import type { EditDeps, EditRequest } from './edit-request.ts';
import { EditSession } from './edit-session.ts';
import { Insertions, type MakeInsertion } from './insertions.ts';

export interface EditsOptions {
  readonly clock: Clock;
  readonly port: EditorPort;
  /** What an edit needs beside the clock and the delivery of its document. */
  readonly deps: Omit<EditDeps, 'clock' | 'delivery'>;
  /** Runs a task in a later turn, right after the answer to a request that is being handled: an edit tells nothing before its id is known. */
  readonly afterAnswer: (task: () => void) => void;
  readonly book: Book;
}

/** Where measurements go; see server/ledger. */
export interface Book {
  record(entry: NewEntry): void;
  amend(editId: string, reaction: Reaction): void;
  /** Resolves when all of it is written, or given up. */
  flush(): Promise<void>;
}

export type NewEdit = Omit<EditRequest, 'editId'>;

const supersededBy = 'a newer edit took its place';

/** Ended edits that `keep`, `revert` and `retry` still know. */
const maxRemembered = 64;

export class Edits {
  readonly #options: EditsOptions;
  readonly #deliveries = new Map<string, DocumentDelivery>();
  readonly #insertions = new Insertions();
  /** What resolves when an edit stands in the book. */
  readonly #recorded = new WeakMap<EditSession, Promise<void>>();
  #sessions: EditSession[] = [];
  #count = 0;

  constructor(options: EditsOptions) {
    this.#options = options;
  }

  get running(): EditSession[] {
    return this.#sessions.filter((session) => session.running);
  }

  /** Oldest first. */
  get ended(): EditSession[] {
    return this.#sessions.filter((session) => !session.running);
  }

  /** Newest first. */
  of(uri: string): EditSession[] {
    return this.#sessions.filter((session) => session.uri === uri).reverse();
  }

  /** The scope must be in offsets of the latest snapshot of its document. Edits that still change anything there are superseded. */
  begin(snapshot: Snapshot, edit: NewEdit): EditSession {
    const delivery = this.#deliveryOf(snapshot);
    const inTheWay = this.#sessions.filter(
      (other) =>
        other.isIn(delivery) && other.unsettled && touchesOrOverlaps(delivery.seen(other.region).span, edit.scope.span),
    );
    const editId = `edit-${++this.#count}`;
    const { clock, deps } = this.#options;
    // Made before the older ones are stopped: a correction takes their running answer over.
    const session = new EditSession({ ...edit, editId }, { ...deps, clock, delivery });
    const moving = this.#sessions
      .flatMap((other) => (other.isIn(delivery) ? this.#insertions.of(other) : []))
      .map((insertion) => insertion.movingIn(edit.scope.span));
    const stopped = inTheWay.map((older) => {
      const goesOn = older === edit.corrects || older === edit.retries;
      if (older.running && !goesOn) older.supersededBy ??= editId;
      return older.stop('superseded', supersededBy);
    });
    const after = Promise.all([...stopped, ...moving]);
    this.#remember(session);
    // An offer was measured when it was made.
    if (!edit.accepts)
      this.#recorded.set(
        session,
        session.ended.then(() => this.#record(session)),
      );
    this.#options.afterAnswer(() => session.start(after));
    return session;
  }

  /** In a later turn: that of the end has enough to do. */
  #record(session: EditSession): Promise<void> {
    return new Promise((resolve) => {
      this.#options.afterAnswer(() => {
        // Who waits for it goes on also where that throws.
        resolve();
        this.#options.book.record(accountOf(session));
      });
    });
  }

  /** Redirects a running edit, or refines one that has ended: what is applied stays, and the model goes on from there. */
  steer(session: EditSession, instruction: string, title: string): EditSession {
    const last = this.#current(session);
    const { diagnostics: _, ...request } = asAsked(last);
    const edit = { ...request, ...this.#sameScope(last), title, instruction, corrects: last };
    const snapshot = this.latest(last);
    this.#amend(last, 'steered');
    return this.begin(snapshot, edit);
  }

  /** Takes an edit back and asks again; `otherwise`: what is to be different. */
  retry(session: EditSession, otherwise: Partial<NewEdit>): EditSession {
    const last = this.#current(session);
    const edit = { ...asAsked(last), ...this.#sameScope(last), ...otherwise, retries: last };
    const snapshot = this.latest(last);
    this.#amend(last, 'retried');
    void last.undo('superseded', supersededBy, 'own');
    return this.begin(snapshot, edit);
  }

  /** What a retry of an edit asks about: `text` is the scope's, once what the edit brought is taken back. Throws ClientError where there is no retry. */
  retried(session: EditSession): { request: EditRequest; text: string } {
    const { request, region } = this.#current(session);
    const { from, to } = region.span;
    const back = region.own.inverse().map(({ edit }) => edit);
    const text = this.latest(session).text.slice(from, to);
    return { request, text: applyEdits(text, shiftEdits(back, -from)) };
  }

  /**
   * What a chain has come to. Throws ClientError if a newer edit that is none of it has taken its place: who names the old one does not know of the new one,
   * and does not mean to stop it.
   */
  #current(session: EditSession): EditSession {
    const last = this.lastOfChain(session);
    const { editId, supersededBy: newer, running, outcome } = last;
    if (newer === undefined || !(running || outcome === 'superseded')) return last;
    throw new ClientError(`editId: ${newer} has taken the place of ${editId}; name that one`);
  }

  /** The user is content with an edit; what was only offered is applied. Throws ClientError if it fits no more, or was discarded. */
  keep(session: EditSession): void {
    const last = this.lastOfChain(session);
    const kept = last.offer && last.verdict !== 'kept' ? this.accept(last) : session;
    kept.verdict = 'kept';
    this.#amend(session, 'kept');
  }

  /** Applies what an edit offers: an edit like any other, that goes on with it. Throws ClientError if it fits no more. */
  accept(session: EditSession): EditSession {
    const snapshot = this.latest(session);
    const { offer, editId, request } = session;
    if (!offer || session.verdict !== 'offered')
      throw new ClientError(`editId: ${editId} offers nothing, or nothing any more`);
    if (!session.isOffered) throw new ClientError(`editId: the code has changed since ${editId} was made; retry it`);
    session.verdict = 'draft';
    const how = { mode: 'atomic', isOffer: false, accepts: offer, corrects: session } as const;
    return this.begin(snapshot, { ...request, ...this.#sameScope(session), ...how });
  }

  /** A check of the user's has passed on a document: its drafts are none any more. */
  verified(uri: string): void {
    for (const session of this.of(uri)) {
      if (session.running || session.verdict !== 'draft') continue;
      session.verdict = 'verified';
      if (session.hasLanded) this.#amend(session, 'verified');
    }
  }

  /** Takes a chain of edits back, as far as nobody has touched it since. Whether there was anything to take back. */
  revert(session: EditSession, reason: string): boolean {
    const last = this.lastOfChain(session);
    const first = this.#firstOfChain(session);
    const chain = this.#sessions.filter((other) => this.#firstOfChain(other) === first);
    const insertions = chain.flatMap((other) => this.#insertions.of(other));
    const wasThere = last.hasLanded || insertions.some(({ isThere }) => isThere);
    void last.undo('cancelled', reason, 'chain');
    for (const insertion of insertions) void insertion.undo();
    this.#amend(last, 'reverted');
    return wasThere;
  }

  /**
   * Lets a line in beside an edit; `revert` takes it back too. `make` is asked with the latest text, once no edit runs where the line goes; undefined:
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

  /** What is said of an accepted offer is said of the edit that made it: only that was measured. */
  #amend(session: EditSession, reaction: Reaction): void {
    const { accepts, corrects } = session.request;
    const { editId } = (accepts && this.#sessions.find((other) => other === corrects)) ?? session;
    void this.#settled(session).then(() => this.#options.book.amend(editId, reaction));
  }

  /** Resolves when it has ended, and all is written of it that is going to be. */
  #settled(session: EditSession): Promise<void> {
    return this.#recorded.get(session) ?? session.ended;
  }

  /** The latest snapshot of an edit's document. Throws ClientError once it was closed. */
  latest(session: EditSession): Snapshot {
    return this.#deliveryIn(session).snapshot;
  }

  #deliveryIn(session: EditSession): DocumentDelivery {
    const delivery = this.#deliveries.get(session.uri);
    if (delivery && session.isIn(delivery)) return delivery;
    throw new ClientError(`editId: the document of ${session.editId} was closed`);
  }

  #sameScope(session: EditSession): Pick<NewEdit, 'scope'> {
    // Its region is where the latest text of the editor has it, whatever that text means.
    const delivery = this.#deliveries.get(session.uri);
    delivery?.judge();
    const { request, region } = session;
    return { scope: { ...request.scope, span: delivery?.seen(region).span ?? region.span } };
  }

  /** What a chain of corrections has come to: the newest of those that go back to the same edit. */
  lastOfChain(session: EditSession): EditSession {
    const first = this.#firstOfChain(session);
    return this.#sessions.findLast((other) => this.#firstOfChain(other) === first) ?? session;
  }

  #firstOfChain(session: EditSession): EditSession {
    const { corrects, retries } = session.request;
    const before = this.#sessions.find((other) => other === corrects || other === retries);
    return before ? this.#firstOfChain(before) : session;
  }

  /** The edit with this id; without one, the newest running edit or else the last one made. Throws ClientError. */
  find(editId: string | undefined): EditSession {
    if (editId === undefined) {
      const session = this.running.at(-1) ?? this.#sessions.at(-1);
      if (!session) throw new ClientError('there is no edit to act on: nothing has been edited in this session yet');
      return session;
    }
    const session = this.#sessions.find((s) => s.editId === editId);
    if (!session) throw new ClientError(`editId: there is no edit "${editId}"`);
    return session;
  }

  /** The editor told us of new texts of a document, oldest first. */
  changed(uri: string, texts: readonly Snapshot[]): void {
    this.#deliveries.get(uri)?.changed(texts);
  }

  closed(uri: string): void {
    // What was offered can't be applied any more: nobody knows what happens to the text meanwhile.
    for (const session of this.of(uri)) if (session.verdict === 'offered') session.verdict = 'draft';
    this.#deliveries.get(uri)?.closed();
    this.#deliveries.delete(uri);
  }

  /** Stops every running edit; what has landed stays. Resolves when each has told its end. */
  async shutdown(): Promise<void> {
    for (const session of this.running) session.stop('cancelled', 'the server was shut down');
    await Promise.all(this.#sessions.map((session) => this.#settled(session)));
    await this.#options.book.flush();
  }

  #deliveryOf(snapshot: Snapshot): DocumentDelivery {
    const known = this.#deliveries.get(snapshot.uri);
    if (known) return known;
    const { clock, port } = this.#options;
    const delivery = new DocumentDelivery({ snapshot, port, clock });
    this.#deliveries.set(snapshot.uri, delivery);
    return delivery;
  }

  #remember(session: EditSession): void {
    const ended = this.#sessions.filter((s) => !s.running);
    if (ended.length >= maxRemembered) this.#sessions = this.#sessions.filter((s) => s !== ended[0]);
    this.#sessions.push(session);
  }
}

/** What the model was asked for: where an offer was accepted, the answer would be one again. */
function asAsked({ request: { accepts, ...request } }: EditSession): Omit<EditRequest, 'accepts'> {
  return accepts ? { ...request, isOffer: true } : request;
}

/** Whether two edits would work on the same text; an empty region counts where it stands. */
function touchesOrOverlaps(a: Span, b: Span): boolean {
  return overlaps(a, b) || (a.from === b.from && a.to === b.to);
}
