// What is told of a configuration's faults: the first few of each source, and how many more there are.

/** Nobody reads more, and each is a message in an editor. The rest come to light when these are mended. */
export const maxTold = 5;

/** The words are only made where somebody will read them: a file can have as many faults as it has letters. */
export type Words = string | (() => string);

export class Problems {
  readonly #told: string[] = [];
  /** By source; undefined: of nobody's in particular. */
  readonly #counts = new Map<string | undefined, number>();

  /** `words`: the whole line, and `more` that are like it. */
  add(source: string | undefined, words: Words, more = 0): void {
    const before = this.#counts.get(source) ?? 0;
    this.#counts.set(source, before + 1 + more);
    if (before < maxTold) this.#told.push(textOf(words));
  }

  /** In the order in which they were found, then the counts. */
  get lines(): string[] {
    const long = [...this.#counts].filter(([, count]) => count > maxTold);
    return [...this.#told, ...long.map(([source, count]) => sayMore(count - maxTold, source))];
  }
}

export const textOf = (words: Words): string => (typeof words === 'string' ? words : words());

function sayMore(count: number, source: string | undefined): string {
  const where = source === undefined ? '' : ` (in ${source})`;
  return `and ${count.toLocaleString('en')} more ${count === 1 ? 'problem' : 'problems'}${where}`;
}
