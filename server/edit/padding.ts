// Blank lines that models put around both parts of a block: where those of SEARCH are not in the code, as many are taken off REPLACE.

/** How many blank lines at each end of a SEARCH text have no counterpart in the base. */
export interface Padding {
  readonly before: number;
  readonly after: number;
}

export const noPadding: Padding = { before: 0, after: 0 };

/** The blank lines at both ends. At least one line must not be blank. */
export function paddingOf(lines: readonly string[]): Padding {
  const last = lines.findLastIndex((line) => !isBlank(line));
  return { before: lines.findIndex((line) => !isBlank(line)), after: lines.length - 1 - last };
}

/** Takes up to as many blank lines off each end of a replacement as its SEARCH text has padding there; further ones are kept. Streams: push line by line. */
export class PaddingStripper {
  #before: number;
  readonly #after: number;
  /** The blank lines at the end so far: padding if the replacement ends here. */
  readonly #trailing: string[] = [];

  constructor({ before, after }: Padding) {
    this.#before = before;
    this.#after = after;
  }

  /** The lines that are certain to be kept now. Those that are still held at the end are padding. */
  push(line: string): readonly string[] {
    if (!isBlank(line)) {
      this.#before = 0;
      return [...this.#trailing.splice(0), line];
    }
    if (this.#before > 0) {
      this.#before--;
      return [];
    }
    this.#trailing.push(line);
    return this.#trailing.splice(0, this.#trailing.length - this.#after);
  }

  /** Whether blank lines are held. */
  get isHolding(): boolean {
    return this.#trailing.length > 0;
  }
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}
