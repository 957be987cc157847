// Reads what a model says in its order, as much of it in one turn of the event loop as there is time for.

import { doInTurns, type Turns, type Work } from '../turns.ts';
import type { Reading } from './answer.ts';

/** Who is told. */
export interface Reader {
  readonly act: (reading: Reading) => void;
  /** Something was thrown while reading, or by `act`. */
  readonly broke: (error: unknown) => void;
}

/** Owned by one edit session. */
export class ReadingQueue {
  readonly #turns: Turns;
  readonly #reader: Reader;
  readonly #waiting: Work<Reading>[] = [];
  #state: 'idle' | 'reading' | 'over' = 'idle';
  #stop: (() => void) | undefined;
  #whenIdle: (() => void)[] = [];

  constructor(turns: Turns, reader: Reader) {
    this.#turns = turns;
    this.#reader = reader;
  }

  /** Reads now, if nothing waits and this turn has time, else later. */
  add(work: Work<Reading>): void {
    if (this.#state === 'over') return;
    this.#waiting.push(work);
    if (this.#state === 'idle') this.#next();
  }

  /** Nothing is read any more, whatever waits. */
  close(): void {
    this.#state = 'over';
    this.#waiting.length = 0;
    this.#stop?.();
    this.#told();
  }

  /** `value`, as soon as nothing waits to be read. */
  whenRead<T>(value: T): T | Promise<T> {
    return this.#state === 'reading' ? new Promise((resolve) => this.#whenIdle.push(() => resolve(value))) : value;
  }

  #next(): void {
    const next = this.#waiting.shift();
    if (!next) {
      this.#state = 'idle';
      return this.#told();
    }
    this.#state = 'reading';
    let isOver = false;
    const over = (then: () => void) => {
      isOver = true;
      this.#stop = undefined;
      try {
        then();
      } catch (error) {
        this.#reader.broke(error);
      }
      if (this.#state !== 'over') this.#next();
    };
    const stop = doInTurns(this.#turns, next, {
      done: (reading) => over(() => this.#reader.act(reading)),
      broke: (error) => over(() => this.#reader.broke(error)),
    });
    if (!isOver) this.#stop = stop;
  }

  #told(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
