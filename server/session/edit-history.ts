// The edits that there are and were, how they hang together, and finding one.

import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import { ClientError } from '../errors.ts';
import { overlaps, type Span } from '../text/span.ts';
import type { EditSession } from './edit-session.ts';

/** Ended edits that `keep`, `revert` and `retry` still know. */
const maxRemembered = 64;

/** A chain is an edit with all that correct it, or were begun in its place, one after the other. */
export class EditHistory {
  /** Oldest first. */
  #sessions: readonly EditSession[] = [];
  /** The id of the newer edit of the same code that stopped an edit, unless that goes on with it. */
  readonly #supersededBy = new WeakMap<EditSession, string>();

  /** Oldest first. */
  get all(): readonly EditSession[] {
    return this.#sessions;
  }

  get running(): EditSession[] {
    return this.#sessions.filter((session) => session.isRunning);
  }

  get ended(): EditSession[] {
    return this.#sessions.filter((session) => !session.isRunning);
  }

  /** Those of a document, newest first. */
  of(uri: string): EditSession[] {
    return this.#sessions.filter((session) => session.uri === uri).reverse();
  }

  add(session: EditSession): void {
    const ended = this.ended;
    const forgotten = ended.length >= maxRemembered ? ended[0] : undefined;
    this.#sessions = [...this.#sessions.filter((other) => other !== forgotten), session];
  }

  /** The edits that may still change what a new one is about. `span`: in offsets of the latest text received from the editor. */
  inTheWayOf(span: Span, delivery: DocumentDelivery): EditSession[] {
    return this.#sessions.filter(
      (other) => other.isIn(delivery) && other.unsettled && touchesOrOverlaps(delivery.seen(other.region).span, span),
    );
  }

  /** `session` was stopped by the edit `newer`, which is none of its chain. */
  superseded(session: EditSession, newer: string): void {
    if (!this.#supersededBy.has(session)) this.#supersededBy.set(session, newer);
  }

  /** The edit with this id; without one, the newest running edit or else the last one made. Throws ClientError. */
  find(editId: string | undefined): EditSession {
    if (editId === undefined) {
      const session = this.running.at(-1) ?? this.#sessions.at(-1);
      if (!session) throw new ClientError('there is no edit to act on: nothing has been edited in this session yet');
      return session;
    }
    const session = this.#sessions.find((other) => other.editId === editId);
    if (!session) throw new ClientError(`editId: there is no edit "${editId}"`);
    return session;
  }

  /** All edits of a chain, oldest first. */
  chainOf(session: EditSession): EditSession[] {
    const first = this.#firstOfChain(session);
    return this.#sessions.filter((other) => this.#firstOfChain(other) === first);
  }

  lastOfChain(session: EditSession): EditSession {
    return this.chainOf(session).at(-1) ?? session;
  }

  /**
   * The last edit of a chain, to go on from. Throws ClientError if a newer edit that is none of the chain has taken its place: a command that names the old edit was
   * given before the new one was seen, and must not stop it.
   */
  current(session: EditSession): EditSession {
    const last = this.lastOfChain(session);
    const newer = this.#supersededBy.get(last);
    if (newer === undefined || !(last.isRunning || last.outcome === 'superseded')) return last;
    throw new ClientError(`editId: ${last.editId} was superseded by ${newer}; name that one`);
  }

  #firstOfChain(session: EditSession): EditSession {
    const { corrects, retries } = session.request;
    const before = this.#sessions.find((other) => other === corrects || other === retries);
    return before ? this.#firstOfChain(before) : session;
  }
}

/** Whether two edits would work on the same text; an empty region counts where it stands. */
function touchesOrOverlaps(a: Span, b: Span): boolean {
  return overlaps(a, b) || (a.from === b.from && a.to === b.to);
}
