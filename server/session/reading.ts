// Reads what a model says in its order, as much of it in one turn of the event loop as there is time for.

import { doInTurns, type Turns, type Work } from '../turns.ts';

/** Owned by one edit session. */
export class ReadingQueue {
  readonly #turns: Turns;
  readonly #onBroken: (error: unknown) => void;
  readonly #waiting: (() => Work<void>)[] = [];
  #state: 'idle' | 'reading' | 'over' = 'idle';
  #stop: (() => void) | undefined;
  #whenIdle: (() => void)[] = [];

  /** `onBroken`: something was thrown while reading. */
  constructor(turns: Turns, onBroken: (error: unknown) => void) {
    this.#turns = turns;
    this.#onBroken = onBroken;
  }

  /** Reads now, if nothing waits and this turn has time, else later. */
  add(read: () => Work<void>): void {
    if (this.#state === 'over') return;
    this.#waiting.push(read);
    if (this.#state === 'idle') this.#next();
  }

  /** Nothing is read any more, whatever waits. */
  close(): void {
    this.#state = 'over';
    this.#waiting.length = 0;
    this.#stop?.();
    this.#told();
  }

  /** Resolves when nothing waits to be read; undefined if nothing does. */
  idle(): Promise<void> | undefined {
    return this.#state === 'reading' ? new Promise((resolve) => this.#whenIdle.push(resolve)) : undefined;
  }

  #next(): void {
    const read = this.#waiting.shift();
    if (!read) {
      this.#state = 'idle';
      return this.#told();
    }
    this.#state = 'reading';
    let isOver = false;
    const goOn = () => {
      isOver = true;
      this.#stop = undefined;
      if (this.#state !== 'over') this.#next();
    };
    const stop = doInTurns(this.#turns, read(), {
      done: goOn,
      broke: (error) => {
        this.#onBroken(error);
        goOn();
      },
    });
    if (!isOver) this.#stop = stop;
  }

  #told(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
