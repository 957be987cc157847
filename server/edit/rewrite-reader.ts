// Reads the `rewrite` format: the answer is the whole new text of the scope.

import { CodeExtractor, type ExtractedLines } from '../answer/code-extractor.ts';
import { Aligner } from './aligner.ts';
import { withoutOuterBreaks } from './base-lines.ts';
import type { FormatOutput, FormatReader } from './format-reader.ts';
import type { Plan } from './plan.ts';

export class RewriteReader implements FormatReader {
  readonly #extractor: CodeExtractor;
  readonly #aligner: Aligner;
  #empty = true;

  constructor(base: string) {
    this.#extractor = new CodeExtractor(base);
    this.#aligner = new Aligner(base, withoutOuterBreaks(base));
  }

  push(line: string): FormatOutput {
    return this.#read(this.#extractor.push(line));
  }

  finish(): FormatOutput {
    const last = this.#read(this.#extractor.finish());
    if (last.rejected) return last;
    if (this.#empty) return { replacements: [], rejected: 'the answer is empty' };
    return { replacements: [...last.replacements, ...this.#aligner.finish()] };
  }

  nextPlan(partial: string): { readonly plan?: Plan } | undefined {
    return this.#aligner.nextPlan(this.#extractor.lookahead(partial));
  }

  accept(plan: Plan): void {
    this.#aligner.accept(plan);
  }

  get pendingUnits(): number {
    return this.#aligner.pendingUnits;
  }

  #read({ lines, rejected }: ExtractedLines): FormatOutput {
    if (lines.length > 0) this.#empty = false;
    for (const line of lines) this.#aligner.push(line);
    return { replacements: [], ...(rejected && { rejected }) };
  }
}
