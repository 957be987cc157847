// Blank lines that a model puts around both parts of a block: where those of SEARCH are not in the code, those of REPLACE are not meant either.

/** How many blank lines at each end of a SEARCH text are not part of the place that was found for it. */
export interface Padding {
  readonly before: number;
  readonly after: number;
}

export const noPadding: Padding = { before: 0, after: 0 };

/** The blank lines at both ends. There must be another line. */
export function paddingOf(lines: readonly string[]): Padding {
  const last = lines.findLastIndex((line) => !isBlank(line));
  return { before: lines.findIndex((line) => !isBlank(line)), after: lines.length - 1 - last };
}

/** A replacement without as many blank lines at its ends as SEARCH has too many there; further ones are meant. */
export class Unpadded {
  private before: number;
  private readonly after: number;
  /** The last lines, all of them blank: the text may end here. */
  private readonly waiting: string[] = [];

  constructor({ before, after }: Padding) {
    this.before = before;
    this.after = after;
  }

  /** The lines that this line makes certain. Those that still wait when there are no more are padding. */
  push(line: string): readonly string[] {
    if (!isBlank(line)) {
      this.before = 0;
      return [...this.waiting.splice(0), line];
    }
    if (this.before > 0) {
      this.before--;
      return [];
    }
    this.waiting.push(line);
    return this.waiting.splice(0, this.waiting.length - this.after);
  }

  /** Whether lines wait. */
  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}
