// Collects what is wrong with a configuration: the first few problems of each source, and how many more there are.

/** Each is a message in an editor, and nobody reads more. The rest is reported once these are corrected. */
export const maxReported = 5;

/** A text that is only made if it is shown: a file can have as many faults as it has letters. */
export type LazyText = string | (() => string);

export class Problems {
  readonly #reported: string[] = [];
  /** Number of problems by source; undefined: of no particular source. */
  readonly #counts = new Map<string | undefined, number>();

  /** Adds the line `text`, and counts `more` like it. */
  add(source: string | undefined, text: LazyText, more = 0): void {
    const before = this.#counts.get(source) ?? 0;
    this.#counts.set(source, before + 1 + more);
    if (before < maxReported) this.#reported.push(textOf(text));
  }

  /** In the order in which they were found, then the counts of the rest. */
  get lines(): string[] {
    const long = [...this.#counts].filter(([, count]) => count > maxReported);
    return [...this.#reported, ...long.map(([source, count]) => countMore(count - maxReported, source))];
  }
}

export const textOf = (words: LazyText): string => (typeof words === 'string' ? words : words());

function countMore(count: number, source: string | undefined): string {
  const where = source === undefined ? '' : ` (in ${source})`;
  return `and ${count.toLocaleString('en')} more ${count === 1 ? 'problem' : 'problems'}${where}`;
}

/** The problems of one layer's lanes and providers, found again by the entry that they are about. Linear in their number: `lanes` may have any number of them. */
export class ProblemsByEntry {
  readonly #first = new Map<string, () => string>();

  /** `path` as in `ReportProblem`; other entries than lanes and providers are left out. */
  add(path: string, words: () => string): void {
    if (!/^(lanes|providers)\b/.test(path)) return;
    for (const prefix of prefixesOf(path)) if (!this.#first.has(prefix)) this.#first.set(prefix, words);
  }

  /** The first problem of an entry (`lanes.fast`) or of anything inside it. */
  at(entry: string): string | undefined {
    return this.#first.get(entry)?.();
  }
}

/** The path and all that it lies in. Names may hold dots, so some of these name no entry; they are never looked up. */
function prefixesOf(path: string): string[] {
  return [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)).concat(path);
}
