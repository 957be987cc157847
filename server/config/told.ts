// What was told of a layer's lanes and providers, to be found again by the entry that it is about.

/** Linear in what is told: `lanes` may have as many faults as it has entries. */
export class Told {
  readonly #first = new Map<string, () => string>();

  /** `path` as in Report. */
  add(path: string, words: () => string): void {
    if (!/^(lanes|providers)\b/.test(path)) return;
    for (const prefix of prefixesOf(path)) if (!this.#first.has(prefix)) this.#first.set(prefix, words);
  }

  /** The first thing that was told of an entry (`lanes.fast`) or anything inside it. */
  at(entry: string): string | undefined {
    return this.#first.get(entry)?.();
  }
}

/** The path itself and all that it lies in. Names may hold dots, so some of these are none; nobody asks for them. */
function prefixesOf(path: string): string[] {
  return [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)).concat(path);
}
