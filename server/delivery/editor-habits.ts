// What an editor was seen to do, in whichever of its documents. One for each connection: the next edit of any document is sent accordingly.

export class EditorHabits {
  #slowestAnswerMs = 0;
  #misplaces = false;
  #answersFirst: boolean | undefined;

  /** The longest that any edit waited for its answer; 0 if none was ever answered. */
  get slowestAnswerMs(): number {
    return this.#slowestAnswerMs;
  }

  /** Whether it has applied an edit to a text that it had not reported, in the wrong place. */
  get misplaces(): boolean {
    return this.#misplaces;
  }

  /** Whether the last edit was answered before a text showed it; undefined: none has landed yet. */
  get answersFirst(): boolean | undefined {
    return this.#answersFirst;
  }

  /** An edit was answered, be it with an error, after `ms`. */
  answeredAfter(ms: number): void {
    this.#slowestAnswerMs = Math.max(this.#slowestAnswerMs, ms);
  }

  /** An edit stands in the wrong place. */
  hasMisplaced(): void {
    this.#misplaces = true;
  }

  /** A text has shown an edit. `isAnswered`: it had been answered by then. */
  hasShown({ isAnswered }: { isAnswered: boolean }): void {
    this.#answersFirst = isAnswered;
  }
}
