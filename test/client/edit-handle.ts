// One edit as a scenario sees it: its events, its end, and what can be said to it.

import type { TestClient } from './client.ts';
import type { EditEvent, EndEvent } from './edit-log.ts';

/** One edit, seen from the editor. */
export class EditHandle {
  readonly editId: string;
  readonly #client: TestClient;

  constructor(client: TestClient, editId: string) {
    this.#client = client;
    this.editId = editId;
  }

  get events(): EditEvent[] {
    return this.#client.log.of(this.editId);
  }

  get hunks(): EditEvent[] {
    return this.events.filter(({ kind }) => kind === 'hunk');
  }

  /** Waits until `count` hunks were acknowledged. */
  async hunk(count = 1): Promise<void> {
    await this.#client.until(`hunk ${count} of ${this.editId}`, () => this.hunks[count - 1]);
  }

  end(): Promise<EndEvent> {
    return this.#client.until(`the end of ${this.editId}`, () => this.#client.log.end(this.editId));
  }

  cancel(options: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.#client.command('quickhand.cancel', { editId: this.editId, ...options });
  }

  revert(): Promise<Record<string, unknown>> {
    return this.#client.command('quickhand.revert', { editId: this.editId });
  }
}
