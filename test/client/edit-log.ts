// What a client is told about edits: `$/quickhand/edit` by edit, `$/progress` by token, and whether the order of both is right.

import type { EditEvent } from '../../server/protocol/quickhand-messages.ts';

export type { EditEvent };

export type EndEvent = Extract<EditEvent, { kind: 'end' }>;

/** A `$/quickhand/explain` of any kind. */
export interface ExplainEvent {
  readonly explainId: string;
  readonly kind: 'begin' | 'text' | 'end';
  readonly text?: string;
  readonly file?: string;
  readonly outcome?: string;
  readonly reason?: string;
}

type Progress = {
  readonly kind: string;
  readonly title?: string;
  readonly message?: string;
  readonly cancellable?: boolean;
};

/** Collects events and writes down as faults what the contract forbids. */
export class EditLog {
  readonly events: EditEvent[] = [];
  readonly progress = new Map<string | number, Progress[]>();
  readonly #faults: string[];

  constructor(faults: string[]) {
    this.#faults = faults;
  }

  of(editId: string): EditEvent[] {
    return this.events.filter((event) => event.editId === editId);
  }

  end(editId: string): EndEvent | undefined {
    return this.of(editId).find((event): event is EndEvent => event.kind === 'end');
  }

  edit(event: EditEvent): void {
    const before = this.of(event.editId);
    const isFirst = before.length === 0;
    if (isFirst !== (event.kind === 'begin'))
      this.#fault(`${event.kind} is event ${before.length + 1} of its edit`, event);
    if (before.at(-1)?.kind === 'end') this.#fault('an event after the end', event);
    this.events.push(event);
  }

  created(token: string | number): void {
    if (this.progress.has(token)) this.#fault('a progress token created twice', token);
    this.progress.set(token, []);
  }

  progressed(token: string | number, value: Progress): void {
    const before = this.progress.get(token);
    if (!before) return this.#fault('progress without its token', { token, value });
    if ((before.length === 0) !== (value.kind === 'begin')) this.#fault('progress does not begin with begin', value);
    if (before.at(-1)?.kind === 'end') this.#fault('progress after its end', value);
    if (!['begin', 'report', 'end'].includes(value.kind)) this.#fault('not a work-done value', value);
    before.push(value);
  }

  /** Forgets what was seen. */
  clear(): void {
    this.events.length = 0;
    this.progress.clear();
  }

  /** Ids of edits that have begun and not ended. */
  get running(): string[] {
    return this.events.flatMap(({ editId, kind }) => (kind === 'begin' && !this.end(editId) ? [editId] : []));
  }

  /** Every edit and every progress has ended. */
  checkEnded(): void {
    for (const editId of this.running) this.#fault('an edit without an end', editId);
    for (const [token, values] of this.progress) {
      if (values.at(-1)?.kind !== 'end') this.#fault('progress without an end', token);
    }
  }

  #fault(what: string, about: unknown): void {
    this.#faults.push(`${what}: ${JSON.stringify(about)}`);
  }
}
