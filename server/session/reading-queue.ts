// Reads what a model says in its order, as much of it in one turn of the event loop as there is time for.

import { runInTurns, type Turns, type Work } from '../turns.ts';
import type { Reading } from './answer.ts';

export interface ReadingListener {
  readonly read: (reading: Reading) => void;
  /** Something was thrown while reading, or by `read`. */
  readonly broke: (error: unknown) => void;
}

/** Owned by one attempt. */
export class ReadingQueue {
  readonly #turns: Turns;
  readonly #listener: ReadingListener;
  /** What has not been read yet, behind what has been since nothing waited. */
  readonly #waiting: Work<Reading>[] = [];
  #state: 'idle' | 'reading' | 'over' = 'idle';
  #stop: (() => void) | undefined;
  #whenIdle: (() => void)[] = [];

  constructor(turns: Turns, listener: ReadingListener) {
    this.#turns = turns;
    this.#listener = listener;
  }

  /** Reads now, if nothing waits and this turn has time, else later. */
  add(work: Work<Reading>): void {
    if (this.#state === 'over') return;
    this.#waiting.push(work);
    if (this.#state === 'reading') return;
    this.#state = 'reading';
    this.#stop = runInTurns(this.#turns, this.#readAll(), {
      done: () => this.#atEnd(),
      broke: (error) => {
        throw error; // by the listener that was told of another
      },
    });
  }

  /** Nothing is read any more, whatever waits. */
  close(): void {
    this.#state = 'over';
    this.#waiting.length = 0;
    this.#stop?.();
    this.#resolveIdle();
  }

  /** `value`, as soon as nothing waits to be read. */
  whenRead<T>(value: T): T | Promise<T> {
    return this.#state === 'reading' ? new Promise((resolve) => this.#whenIdle.push(() => resolve(value))) : value;
  }

  /** All that waits, and what comes meanwhile. In a loop: an answer may come in thousands of chunks at once. */
  *#readAll(): Work<void> {
    for (let i = 0; i < this.#waiting.length; i++) {
      if (i > 0) yield;
      try {
        this.#listener.read(yield* this.#waiting[i]!);
      } catch (error) {
        this.#listener.broke(error);
      }
    }
  }

  #atEnd(): void {
    if (this.#state === 'over') return;
    this.#waiting.length = 0;
    this.#state = 'idle';
    this.#resolveIdle();
  }

  #resolveIdle(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
