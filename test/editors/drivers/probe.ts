// The test's end of the probe: functions of a test run in VS Code's extension host, and answers come back.
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Pulse } from './pulse.ts';

type Api = typeof import('vscode');
// biome-ignore lint/suspicious/noExplicitAny: whatever the function takes
type Args = any[];

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
}

export class Probe {
  /** Beats when VS Code has changed: a document, what is reported of one, the active editor. */
  readonly changes = new Pulse();
  /** Apart from the changes, or a question about them would wake itself. */
  readonly #answered = new Pulse();
  readonly #server;
  readonly #answers = new Map<number, Answer>();
  #socket: Socket | undefined;
  #requests = 0;

  /** Listens at a socket in the file system. */
  constructor(path: string) {
    this.#server = createServer((socket) => {
      this.#socket = socket;
      socket.on('error', () => {}); // VS Code has ended
      const lines = createInterface(socket).on('line', (line) => this.#take(JSON.parse(line)));
      lines.on('error', () => {}); // the socket's error again
      this.changes.beat();
    }).listen(path);
  }

  /** Resolves when VS Code has started the probe. */
  async ready(timeoutMs: number): Promise<void> {
    await this.changes.until(
      () => this.#socket,
      () => 'VS Code starts the probe',
      timeoutMs,
    );
  }

  /** Runs `code` in the extension host. It sees its arguments (as JSON) and VS Code's API, and nothing of the test around it. */
  async run<A extends Args, R>(code: (vscode: Api, ...args: A) => R, ...args: A): Promise<Awaited<R>> {
    const id = ++this.#requests;
    this.#socket?.write(`${JSON.stringify({ id, code: `(${code})`, args })}\n`);
    const answer = await this.#answered.until(
      () => this.#answers.get(id),
      () => `an answer to ${code}`,
    );
    this.#answers.delete(id);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result as Awaited<R>;
  }

  close(): void {
    this.#socket?.destroy();
    this.#server.close();
  }

  #take(answer: Answer): void {
    if (answer.id === undefined) return this.changes.beat();
    this.#answers.set(answer.id, answer);
    this.#answered.beat();
  }
}
