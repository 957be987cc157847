// How much work one call on a syntax tree may do: counted in steps, not in time, so that the same text always gets the same result.

/**
 * A call that would need more is answered as for a language without a grammar. A step takes about a quarter of a microsecond, so no call takes 50 ms; the most
 * expensive one on code that people write (the signatures beside 800 imports and 300 functions) takes 75,000.
 */
export const maxSteps = 100_000;

/** Thrown by a call that would exceed its budget. Caught in create-scopes.ts; never leaves `scope/`. */
export class BudgetExceeded extends Error {}

/** What is left for the call that is running. */
export class WorkBudget {
  #left = maxSteps;

  /** A new call begins. */
  reset(): void {
    this.#left = maxSteps;
  }

  /** Throws BudgetExceeded if less than `steps` are left. */
  spend(steps = 1): void {
    if (!this.trySpend(steps)) throw new BudgetExceeded();
  }

  /** The same for callbacks from tree-sitter, which must not throw: whether so many were left. */
  trySpend(steps: number): boolean {
    this.#left -= steps;
    return this.#left >= 0;
  }
}
