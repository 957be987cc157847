// What the editor and the server say to each other, as the tap (tap.mjs) heard it.
import { createServer, type Server } from 'node:net';
import { Pulse } from './pulse.ts';

export interface WireMessage {
  /** Wall clock, milliseconds. */
  readonly ms: number;
  readonly from: 'editor' | 'server';
  // biome-ignore lint/suspicious/noExplicitAny: any JSON-RPC message
  readonly message: any;
}

const typing = 'textDocument/didChange';

/** All messages of one sandbox, in the order in which they passed the tap. */
export class Wire {
  readonly messages: WireMessage[] = [];
  readonly #byMethod = new Map<string, WireMessage[]>();
  readonly #pulse = new Pulse();
  readonly #server: Server;
  #connections = 0;

  constructor(socket: string) {
    this.#server = createServer((connection) => {
      let rest = '';
      this.#connections++;
      connection.on('error', () => {}); // a killed tap; its close follows
      connection.on('close', () => {
        this.#connections--;
        this.#pulse.beat();
      });
      connection.setEncoding('utf8').on('data', (data: string) => {
        const lines = (rest + data).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.#take(JSON.parse(line));
        this.#pulse.beat();
      });
    }).listen(socket);
  }

  /** The messages of one method (requests and notifications). */
  of(method: string): readonly WireMessage[] {
    return this.#byMethod.get(method) ?? [];
  }

  /** Waits for a state of the conversation; `what` names it in the failure. */
  until<T>(
    check: (wire: Wire) => T | undefined | false | Promise<T | undefined | false>,
    what: string,
    timeoutMs?: number,
  ): Promise<T> {
    return this.#pulse.until(
      () => check(this),
      () => `${what}; the last messages:\n${this.tail()}`,
      timeoutMs,
    );
  }

  /** The server has answered `initialize` and the editor has opened `count` documents. */
  async ready(count = 1): Promise<void> {
    await this.until(
      (wire) => wire.of('textDocument/didOpen').length >= count,
      'the server is up, the document is open',
    );
  }

  /** Waits for the `count`th end of work that was shown as progress since the start; gives its last words. */
  async ended(count: number): Promise<string> {
    const ends = (wire: Wire) => wire.of('$/progress').filter(({ message }) => message.params.value.kind === 'end');
    const end = await this.until((wire) => ends(wire)[count - 1], `edit ${count} ends`);
    return end.message.params.value.message ?? '';
  }

  /** All that the editor told of changes so far, as JSON. */
  told(): string {
    return JSON.stringify(this.of('textDocument/didChange').map(({ message }) => message.params.contentChanges));
  }

  /** Of each `workspace/applyEdit` so far, how many changes it holds. */
  changes(): number[] {
    type Change = { readonly edits: readonly unknown[] };
    const counted = (changes: readonly Change[]) => changes.reduce((sum, { edits }) => sum + edits.length, 0);
    return this.of('workspace/applyEdit').map(({ message }) => counted(message.params.edit.documentChanges));
  }

  /** The last messages, one a line, shortened, for a failing test. Of a user's typing, which may go on and on, only the last. */
  tail(count = 16): string {
    const { messages } = this;
    const told = messages.filter(
      ({ message }, i) => message.method !== typing || messages[i + 1]?.message.method !== typing,
    );
    return told.slice(-count).map(describe).join('\n');
  }

  /** Everything, for a test's artefacts. */
  dump(): string {
    return this.messages.map((message) => JSON.stringify(message)).join('\n');
  }

  /** Waits until every server has ended, as it must when its editor has. */
  async close(): Promise<void> {
    await this.until(() => this.#connections === 0, 'the server ends when the editor has ended', 10_000);
    this.#server.close();
  }

  #take(message: WireMessage): void {
    this.messages.push(message);
    const { method } = message.message;
    if (method === undefined) return;
    if (!this.#byMethod.has(method)) this.#byMethod.set(method, []);
    this.#byMethod.get(method)!.push(message);
  }
}

function describe({ ms, from, message }: WireMessage): string {
  return `${new Date(ms).toISOString().slice(17, 23)} ${from} ${JSON.stringify(message).slice(0, 300)}`;
}
