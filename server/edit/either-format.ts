// Reads an answer in the format that it has, whichever was asked for: models that are used to one of them give that.

import { isSearchMarker } from './block-parser.ts';
import type { FormatOutput, FormatReader } from './format-reader.ts';
import type { Plan } from './plan.ts';

export interface EitherOptions {
  readonly base: string;
  readonly asked: 'rewrite' | 'search-replace';
  readonly createRewrite: () => FormatReader;
  readonly createBlocks: () => FormatReader;
}

/** How many lines of the scope's beginning, blank ones aside, tell that an answer without a block is the whole new text. */
const telling = 2;

export class EitherFormat implements FormatReader {
  readonly #options: EitherOptions;
  /** The first lines of the base, blank ones aside; only known while blocks are expected. */
  readonly #beginning: readonly string[];
  #reader: FormatReader;
  /** The lines in front of the first block, while blocks are expected. */
  #outside: string[] | undefined;
  #isOther = false;

  constructor(options: EitherOptions) {
    this.#options = options;
    const wantsBlocks = options.asked === 'search-replace';
    this.#reader = wantsBlocks ? options.createBlocks() : options.createRewrite();
    this.#beginning = wantsBlocks ? trimmed(options.base.split('\n')).slice(0, telling) : [];
    if (wantsBlocks) this.#outside = [];
  }

  push(line: string): FormatOutput {
    const isMarker = isSearchMarker(line) && !trimmed(this.#options.base.split('\n')).includes(line.trim());
    if (isMarker && /SEARCH/.test(line) && this.#options.asked === 'rewrite' && !this.#isOther) {
      this.#isOther = true;
      this.#reader = this.#options.createBlocks();
      return { ...this.#reader.push(line), restart: true };
    }
    if (isMarker) this.#outside = undefined;
    this.#outside?.push(line);
    return this.#isRewrite() ? this.#readAsRewrite() : this.#reader.push(line);
  }

  finish(): FormatOutput {
    if (!this.#outside) return this.#reader.finish();
    const read = this.#readAsRewrite();
    const { rejected, ...rest } = read.rejected === undefined ? this.#reader.finish() : read;
    return rejected === undefined ? rest : { ...rest, rejected: `the answer has no SEARCH block, and ${rejected}` };
  }

  nextPlan(partial: string): { readonly plan?: Plan } | undefined {
    return this.#reader.nextPlan(partial);
  }

  accept(plan: Plan): void {
    this.#reader.accept(plan);
  }

  get pendingUnits(): number {
    return this.#reader.pendingUnits;
  }

  get imports(): readonly string[] {
    return this.#reader.imports ?? [];
  }

  get putRight(): readonly string[] {
    return [...this.#reader.putRight, ...(this.#isOther ? ['the format'] : [])];
  }

  /** Whether the last lines outside of blocks are those that the scope begins with. */
  #isRewrite(): boolean {
    if (!this.#outside || this.#beginning.length < telling || this.#outside.at(-1)!.trim() !== this.#beginning.at(-1))
      return false;
    return trimmed(this.#outside)
      .slice(-telling)
      .every((line, i) => line === this.#beginning[i]);
  }

  #readAsRewrite(): FormatOutput {
    const lines = this.#outside!;
    this.#outside = undefined;
    this.#isOther = true;
    this.#reader = this.#options.createRewrite();
    let read: FormatOutput = { replacements: [] };
    for (const line of lines) {
      read = this.#reader.push(line);
      if (read.rejected !== undefined) return read;
    }
    return read;
  }
}

function trimmed(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
