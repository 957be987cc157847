// What ends a command from outside: Ctrl-C and its like, and an output that takes nothing more.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { endChildren } from '../processes/child.ts';
import { type CliOptions, interruptedStatus, readerGone, systemWords } from './io.ts';

type Outputs = Pick<CliOptions, 'stdout' | 'stderr'>;

const signals = { SIGHUP: 129, SIGINT: interruptedStatus, SIGTERM: 143 } as const;

/** How long a command may take to put things in order; a server that was told to go has two seconds of its own. */
const exitGraceMs = 4000;
/** Programs that a command has started for an answer are not worth more. */
const childGraceMs = 500;

/** What is under way is to be ended in order. In force until {@link CommandInterruption.settle}. */
export class CommandInterruption {
  readonly #outputs: Outputs;
  readonly #controller = new AbortController();
  readonly #listeners = Object.entries(signals).map(
    ([signal, status]) => [signal, () => this.#interrupt(status)] as const,
  );
  /** An output that failed, with the status that says so. */
  #fault: { readonly status: number; readonly error: Error } | undefined;

  constructor(outputs: Outputs) {
    this.#outputs = outputs;
    for (const [signal, listener] of this.#listeners) process.once(signal, listener);
    // These stay: what is still written on the way out can fail as well.
    for (const stream of [outputs.stdout, outputs.stderr]) stream.on('error', (error) => this.#failed(error));
  }

  /** Its reason is the exit status. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Rejects when an interrupted command has been waited for long enough. */
  async overdue(): Promise<never> {
    if (!this.signal.aborted) await new Promise((resolve) => this.signal.addEventListener('abort', resolve));
    await new Promise((resolve) => setTimeout(resolve, exitGraceMs).unref());
    throw new Error('it did not end in time');
  }

  /** The exit status, once everything that was written has arrived or failed; it failed if not all of it has arrived. */
  async settle(status: number): Promise<number> {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
    const { stdout, stderr } = this.#outputs;
    await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
    await nextTurn(); // a stream tells of its error after it has called back
    if (!this.#fault) return status;
    if (this.#fault.status === readerGone) return readerGone;
    const why = systemWords(this.#fault.error);
    await new Promise((resolve) => stderr.write(`quickhand: can't write the output: ${why}\n`, resolve));
    return this.#fault.status;
  }

  #interrupt(status: number): void {
    this.#controller.abort(status);
    void endChildren(childGraceMs);
  }

  /** A reader that has gone, as `head` does, is no error to talk of. */
  #failed(error: NodeJS.ErrnoException): void {
    const status = error.code === 'EPIPE' ? readerGone : 1;
    this.#fault ??= { status, error };
    this.#interrupt(status);
  }
}
