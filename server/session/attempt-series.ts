// The attempts of one edit: its lanes in order, until one has answered or none is left.

import { Attempt, type AttemptOptions, mayFallBack } from './attempt.ts';
import type { AttemptEnd } from './ending.ts';
import type { ModelCall } from './model-call.ts';
import type { Exchange } from './prepared-request.ts';

export interface AttemptSeriesOptions extends Omit<AttemptOptions, 'lane' | 'forbidden' | 'takeOver'> {
  /** Whether nothing of an answer has left for the editor: otherwise another model would begin in the middle. */
  readonly mayFallBack: () => boolean;
}

/** Owned by one edit session. */
export class AttemptSeries {
  readonly #options: AttemptSeriesOptions;
  /** Oldest first. */
  readonly #attempts: Attempt[] = [];
  /** The running answer of the edit that this one corrects, until an attempt takes it over. */
  #inherited: ModelCall | undefined;
  #isAborted = false;

  constructor(options: AttemptSeriesOptions) {
    this.#options = options;
  }

  /** The last attempt that has asked its model. */
  get answered(): Attempt | undefined {
    return this.#attempts.findLast(({ request }) => request !== undefined);
  }

  /** The request and the answer, for a correction to go on from; undefined until a model was asked. */
  exchange(isComplete: boolean): Exchange | undefined {
    return this.answered?.exchange(isComplete);
  }

  /** The series owns the running answer from now on. */
  inherit(call: ModelCall | undefined): void {
    this.#inherited = call;
  }

  /** Resolves with the end of the last attempt, undefined once the series is aborted. `forbidden`: see AttemptOptions. Rejects only for a bug. */
  async run(lanes: readonly string[], forbidden: Promise<string | undefined>): Promise<AttemptEnd | undefined> {
    let end: AttemptEnd = { kind: 'notOpened', message: 'there is no model to ask' };
    for (const lane of lanes) {
      if (this.#isAborted) return undefined;
      end = await this.#next(lane, forbidden).run();
      if (!mayFallBack(end) || !this.#options.mayFallBack()) break;
    }
    return this.#isAborted ? undefined : end;
  }

  /** Gives the running answer away; undefined if none is running, or it can't be redirected. */
  handOver(): ModelCall | undefined {
    return this.#attempts.at(-1)?.handOver();
  }

  /** Closes the model's socket in this turn; nothing is asked or read any more. */
  abort(): void {
    this.#isAborted = true;
    this.#attempts.at(-1)?.abort();
    this.#inherited?.abort();
  }

  /** No text is going to be parsed any more. */
  close(): void {
    this.#attempts.at(-1)?.close();
  }

  #next(lane: string, forbidden: Promise<string | undefined>): Attempt {
    this.close();
    const takeOver = () => {
      const inherited = this.#inherited;
      this.#inherited = undefined;
      return inherited;
    };
    const attempt = new Attempt({ ...this.#options, lane, forbidden, takeOver });
    this.#attempts.push(attempt);
    return attempt;
  }
}
