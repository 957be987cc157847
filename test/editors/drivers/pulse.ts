// Waiting for conditions without polling: a condition is looked at again whenever its source beats.
import { setImmediate as aTurn } from 'node:timers/promises';

/**
 * How long a condition may take: far above anything measured (an applyEdit takes ≤ 0.3 s), also while another editor is unpacked on the same disk; below a
 * test's limit.
 */
export const maxWaitMs = 60_000;

/** A source of "something may have changed". */
export class Pulse {
  #waiting: (() => void)[] = [];

  beat(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** The first truthy value of `check`, which is called now and after each beat. Fails with `what()` after `timeoutMs`. */
  async until<T>(
    check: () => T | undefined | false | Promise<T | undefined | false>,
    what: () => string | Promise<string>,
    timeoutMs = maxWaitMs,
  ): Promise<T> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const next = new Promise<void>((resolve) => this.#waiting.push(resolve));
      const value = await check();
      if (value) {
        // What came before through other sockets (what an editor was told, before it showed it) is read by then.
        await aTurn();
        return value;
      }
      if (!(await within(next, deadline - performance.now()))) throw new Error(`waited in vain: ${await what()}`);
    }
  }
}

/** Whether `promise` resolves within `ms` milliseconds. */
async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const inTime = await Promise.race([promise.then(() => true), timeout]);
  clearTimeout(timer);
  return inTime;
}
