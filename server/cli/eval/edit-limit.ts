// How long one edit of an evaluation may take: it is cancelled then, and counts as failed.

import type { EditEnded, EditEvent } from '../../protocol/quickhand-messages.ts';
import { sayTimeout } from '../answer-limits.ts';

export class EditLimit {
  readonly #timeoutMs: number;
  readonly #cancel: (editId: string) => void;
  readonly #timer: NodeJS.Timeout;
  #editId: string | undefined;
  #state: 'open' | 'late' = 'open';

  /** The time runs from now on. */
  constructor(timeoutMs: number, cancel: (editId: string) => void) {
    this.#timeoutMs = timeoutMs;
    this.#cancel = cancel;
    this.#timer = setTimeout(() => this.#expire(), timeoutMs);
  }

  heard(event: EditEvent): void {
    if (event.kind !== 'begin') return;
    this.#editId = event.editId;
    if (this.#state === 'late') this.#cancel(event.editId);
  }

  over(): void {
    clearTimeout(this.#timer);
  }

  /** How the edit ended, in view of the time. */
  outcome(ended: EditEnded): EditEnded {
    if (this.#state === 'open' || ended.outcome !== 'cancelled') return ended;
    return { ...ended, outcome: 'failed', reason: `no end of its answer within ${sayTimeout(this.#timeoutMs)}` };
  }

  #expire(): void {
    this.#state = 'late';
    if (this.#editId !== undefined) this.#cancel(this.#editId);
  }
}
