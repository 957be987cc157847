// How much work one question about a text may cost: counted in steps, not in time, so that the same text always gets the same answer.

/**
 * Past this the text is answered about as one without a grammar. A step takes about a quarter of a microsecond, so that a question never takes 50 ms; the
 * dearest one about code that people write (signatures beside 800 imports and 300 functions) takes 75,000.
 */
export const MOST_STEPS = 100_000;

/** A question that would cost more than it may. Caught where questions are answered; never leaves this floor. */
export class TooMuchWork extends Error {}

/** What is left for the question that is being answered. */
export class Effort {
  #left = MOST_STEPS;

  /** Another question. */
  renew(): void {
    this.#left = MOST_STEPS;
  }

  /** Throws TooMuchWork where nothing is left. */
  spend(steps = 1): void {
    if (!this.take(steps)) throw new TooMuchWork();
  }

  /** The same for who must not throw: whether there was so much left. */
  take(steps: number): boolean {
    this.#left -= steps;
    return this.#left >= 0;
  }
}
