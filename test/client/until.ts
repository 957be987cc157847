// Waiting for a state by event: whoever changes state calls `poke`, whoever waits says what for.

interface Waiter {
  check(): boolean;
  fail(error: Error): void;
}

/** Promises that resolve when something that others change has become true. */
export class Until {
  readonly #waiters = new Set<Waiter>();
  #broken: Error | undefined;

  /** Looks at every condition again. */
  poke(): void {
    for (const waiter of [...this.#waiters]) if (waiter.check()) this.#waiters.delete(waiter);
  }

  /** Nothing further will happen: everybody who waits, now or later, gets `error` unless the condition holds already. */
  break(error: Error): void {
    this.#broken = error;
    this.poke();
    for (const waiter of this.#waiters) waiter.fail(error);
    this.#waiters.clear();
  }

  /** The first value of `probe` that is not undefined. `what` completes «waited in vain for …»; `limitMs` only bounds a failing test. */
  async for<T>(what: string, probe: () => T | undefined, limitMs = 60_000): Promise<T> {
    const found = probe();
    if (found !== undefined) return found;
    if (this.#broken) throw this.#broken;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        const waiter: Waiter = { check: () => settle(probe(), resolve), fail: reject };
        this.#waiters.add(waiter);
        timer = setTimeout(() => {
          this.#waiters.delete(waiter);
          reject(new Error(`waited in vain for ${what}`));
        }, limitMs);
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

function settle<T>(value: T | undefined, resolve: (value: T) => void): boolean {
  if (value === undefined) return false;
  resolve(value);
  return true;
}
