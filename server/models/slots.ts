// How many answers of one provider run at once; the rest wait in a queue.

export class Slots {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs `start` at once, or when a slot becomes free. The result, called once, frees the slot or leaves the queue. */
  enter(start: () => void): () => void {
    let state: 'waiting' | 'running' | 'left' = 'waiting';
    const run = () => {
      state = 'running';
      start();
    };
    if (this.#free > 0) {
      this.#free--;
      run();
    } else this.#queue.push(run);
    return () => {
      if (state === 'running') this.#next();
      else if (state === 'waiting') this.#queue.splice(this.#queue.indexOf(run), 1);
      state = 'left';
    };
  }

  #next(): void {
    const run = this.#queue.shift();
    if (run) run();
    else this.#free++;
  }
}
