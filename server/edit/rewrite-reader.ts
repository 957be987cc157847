// Reads the `rewrite` format: the answer is the whole new text of the scope.

import type { ExtractedLines } from '../answer/code-extractor.ts';
import { CodeReading, type CodeReadingOptions } from '../answer/code-reading.ts';
import type { ScopeFacts } from '../answer/scope-facts.ts';
import { Aligner } from './aligner.ts';
import { withoutOuterBreaks } from './base-lines.ts';
import { type FormatOutput, type FormatReader, isEmpty } from './format-reader.ts';
import type { Plan } from './plan.ts';

export interface RewriteOptions extends CodeReadingOptions {
  /** Whether nothing but the resemblance to the base tells code from talk: no parser would stop that. */
  readonly waitsForBase: boolean;
}

export class RewriteReader implements FormatReader {
  readonly #base: string;
  readonly #reading: CodeReading;
  #aligner: Aligner;
  #empty = true;
  readonly #facts: ScopeFacts;
  /** Whether a line of the base has to come before anything is released. */
  #isWaiting: boolean;

  constructor(options: RewriteOptions) {
    this.#base = options.base;
    this.#reading = new CodeReading(options);
    this.#aligner = new Aligner(options.base, withoutOuterBreaks(options.base));
    this.#facts = options.facts;
    this.#isWaiting = options.waitsForBase;
  }

  push(line: string): FormatOutput {
    const read = this.#reading.push(line);
    if (read.restart) {
      this.#aligner = new Aligner(this.#base, withoutOuterBreaks(this.#base));
      this.#empty = true;
    }
    return this.#read(read);
  }

  finish(): FormatOutput {
    const last = this.#read(this.#reading.finish());
    if (last.rejected) return last;
    if (this.#empty) return { replacements: [], rejected: isEmpty };
    return { replacements: [...last.replacements, ...this.#aligner.finish()] };
  }

  nextPlan(partial: string): { readonly plan?: Plan } | undefined {
    // Nothing is pending most of the time: then nothing is looked ahead for.
    if (this.#aligner.pendingUnits === 0 || this.#isWaiting) return undefined;
    return this.#aligner.nextPlan(this.#reading.lookahead(partial));
  }

  accept(plan: Plan): void {
    this.#aligner.accept(plan);
  }

  get pendingUnits(): number {
    return this.#aligner.pendingUnits;
  }

  get imports(): readonly string[] {
    return this.#reading.imports;
  }

  get putRight(): readonly string[] {
    return this.#reading.putRight;
  }

  #read({ lines, rejected, restart }: ExtractedLines): FormatOutput {
    if (lines.length > 0) this.#empty = false;
    for (const line of lines) {
      if (this.#isWaiting && /\w\w/.test(line) && this.#facts.has(line)) this.#isWaiting = false;
      this.#aligner.push(line);
    }
    return { replacements: [], ...(rejected && { rejected }), ...(restart && { restart }) };
  }
}
