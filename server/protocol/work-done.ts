// Work-done progress by id: begun, reported and ended once, for clients that show it. Tokens are always the server's own.

import type { Client } from './client.ts';
import type { Wire } from './wire.ts';

export class WorkDone {
  readonly #wire: Wire;
  readonly #client: () => Client;
  /** Ids of the work that the editor is showing. */
  readonly #shown = new Set<string>();

  constructor(wire: Wire, client: () => Client) {
    this.#wire = wire;
    this.#client = client;
  }

  begin(id: string, title: string, message: string): void {
    if (!this.#client().showsProgress) return;
    this.#shown.add(id);
    // Not awaited: the order of messages is enough, and some editors never answer.
    this.#wire
      .sendRequest('window/workDoneProgress/create', { token: tokenOf(id) })
      .catch(() => this.#shown.delete(id));
    this.#tell(id, { kind: 'begin', title: `Quickhand: ${title}`, cancellable: true, message });
  }

  report(id: string, message: string): void {
    this.#tell(id, { kind: 'report', cancellable: true, message });
  }

  /** Whether the editor was told. */
  end(id: string, message: string): boolean {
    this.#tell(id, { kind: 'end', message });
    return this.#shown.delete(id);
  }

  /** Whose token this is. */
  idOf(token: unknown): string | undefined {
    return [...this.#shown].find((id) => tokenOf(id) === token);
  }

  #tell(id: string, value: object): void {
    if (this.#shown.has(id)) void this.#wire.sendNotification('$/progress', { token: tokenOf(id), value });
  }
}

function tokenOf(id: string): string {
  return `quickhand/${id}`;
}
