// How many answers of one provider run at once; the rest wait in line.

export class Slots {
  private free: number;
  private readonly line: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  /** Runs `start` at once or when its turn comes. Call what it returns exactly when it is over, or to leave the line. */
  enter(start: () => void): () => void {
    let state: 'waiting' | 'running' | 'left' = 'waiting';
    const run = () => {
      state = 'running';
      start();
    };
    if (this.free > 0) {
      this.free--;
      run();
    } else this.line.push(run);
    return () => {
      if (state === 'running') this.next();
      else if (state === 'waiting') this.line.splice(this.line.indexOf(run), 1);
      state = 'left';
    };
  }

  private next(): void {
    const run = this.line.shift();
    if (run) run();
    else this.free++;
  }
}
