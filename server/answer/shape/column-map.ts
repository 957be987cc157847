// Relates the indentation of an answer to that of the document: a constant shift, or another width. What stands alike in the one stands alike in the other.

export class ColumnMap {
  readonly #toDocument: Map<number, number>;

  constructor(pairs: Iterable<readonly [number, number]> = []) {
    this.#toDocument = new Map(pairs);
  }

  /** This map with one more pair of columns; undefined if they contradict what is known. */
  with(answer: number, document: number): ColumnMap | undefined {
    for (const [from, to] of this.#toDocument)
      if (Math.sign(from - answer) !== Math.sign(to - document)) return undefined;
    return new ColumnMap([...this.#toDocument, [answer, document]]);
  }
}
