// Watches the hunks of one answer for code that it leaves out: told while it streams where no more can come in that place, and of the whole text at the end.

import { applyEdits, type Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { type KnownLines, newLines } from './changed-lines.ts';
import { bringsComment, findLeftOut, type LeftOut } from './left-out.ts';

export interface LeftOutOptions {
  /** The scope's text when the edit began. */
  readonly base: string;
  readonly known: KnownLines;
  readonly languageId: string;
  /** What an earlier answer left out, and was refused for: who has it said again means it. */
  readonly accepted: LeftOut | undefined;
}

/** A hunk, with what of its lines is new. */
interface WatchedHunk {
  /** Its whole lines, in UTF-16 offsets of the base. */
  readonly region: Span;
  /** The same lines as they will read. */
  readonly after: string;
  /** All edits so far, in order of position. */
  readonly edits: readonly Edit[];
}

/** Owned by the checks of one edit. */
export class LeftOutWatch {
  readonly #options: LeftOutOptions;
  /** Where the lines end that may leave code out, unless more comes behind them; undefined: there are none. */
  #suspectEnd: number | undefined;

  constructor(options: LeftOutOptions) {
    this.#options = options;
  }

  /** What is left out above the lines of this hunk, if it is certain by now. */
  hunk({ region, after, edits }: WatchedHunk): LeftOut | undefined {
    const { base, known, languageId } = this.#options;
    const found = this.#isPassed(region) ? this.#above(region.from, edits) : undefined;
    if (found) return found;
    if (!bringsComment(known, newLines(known, after).join('\n'), languageId)) return undefined;
    const before = base.slice(region.from, region.to);
    if (this.#first({ before, after })) this.#suspectEnd = region.to;
    return undefined;
  }

  /** What the whole answer leaves out. */
  end(edits: readonly Edit[]): LeftOut | undefined {
    const { base, known, languageId } = this.#options;
    const after = applyEdits(base, edits);
    return bringsComment(known, after, languageId) ? this.#first({ before: base, after }) : undefined;
  }

  /** Whether a line that stays stands between what is suspect and `region`: nothing more comes in that place. */
  #isPassed({ from }: Span): boolean {
    const end = this.#suspectEnd;
    return end !== undefined && end < from && this.#options.base.slice(end, from).trim() !== '';
  }

  #above(to: number, edits: readonly Edit[]): LeftOut | undefined {
    this.#suspectEnd = undefined;
    const before = this.#options.base.slice(0, to);
    const inside = edits.filter((edit) => edit.to <= to);
    return this.#first({ before, after: applyEdits(before, inside) });
  }

  #first(texts: { before: string; after: string }): LeftOut | undefined {
    const { languageId, accepted } = this.#options;
    return findLeftOut({ ...texts, languageId }).find((found) => !isSame(found, accepted));
  }
}

/** Whether the same code is left out, or a part of it. */
function isSame({ lost }: LeftOut, accepted: LeftOut | undefined): boolean {
  const known = new Set(accepted?.lost);
  return lost.every((line) => known.has(line));
}
