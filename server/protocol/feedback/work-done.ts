// Work-done progress by id: begun, reported and ended once, for clients that show it. Tokens are always the server's own.

import {
  NotificationType,
  type WorkDoneProgressBegin,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver-protocol';
import type { Client } from '../client.ts';
import type { Wire } from '../connection/wire.ts';

type Value = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** The library types `$/progress` by its token alone. */
const progressOf = new NotificationType<{ readonly token: string; readonly value: Value }>('$/progress');

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
      .sendRequest(WorkDoneProgressCreateRequest.type, { token: tokenOf(id) })
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

  #tell(id: string, value: Value): void {
    if (this.#shown.has(id)) void this.#wire.sendNotification(progressOf, { token: tokenOf(id), value });
  }
}

function tokenOf(id: string): string {
  return `quickhand/${id}`;
}
