// Reads a `rewrite` answer: from the lines that are said to the lines of the new text of the scope. Each step is a stage of its own.

import { hasTags } from '../text/language-kinds.ts';
import { CodeExtractor, type ExtractedLines } from './code-extractor.ts';
import { HtmlEscapes } from './html-escapes.ts';
import { LineNumbers } from './line-numbers.ts';
import type { LineStage, StageOutput } from './line-stage.ts';
import { isPlaceholder } from './placeholder-lines.ts';
import type { Surroundings } from './surroundings.ts';

export interface CodeReadingOptions {
  /** The scope's text; empty where it is a place for new code. */
  readonly base: string;
  readonly surroundings: Surroundings;
}

export class CodeReading {
  readonly #options: CodeReadingOptions;
  readonly #extractor: CodeExtractor;
  /** What the lines of code go through, in order. */
  #stages: readonly LineStage[];
  /** The base's lines, trimmed: whatever they say, they may stay. */
  readonly #baseLines: ReadonlySet<string>;

  constructor(options: CodeReadingOptions) {
    this.#options = options;
    this.#extractor = new CodeExtractor(options.base, options.surroundings);
    this.#stages = stagesFor(options);
    this.#baseLines = new Set(options.base.split('\n').map((line) => line.trim()));
  }

  push(line: string): ExtractedLines {
    const { lines, rejected, restart } = this.#extractor.push(line);
    if (rejected !== undefined) return { lines: [], rejected };
    if (restart) this.#stages = stagesFor(this.#options);
    const read = this.#through(lines, 0);
    return restart ? { ...read, restart } : read;
  }

  finish(): StageOutput {
    const last = this.#extractor.finish();
    if (last.rejected !== undefined) return last;
    let read = this.#through(last.lines, 0);
    for (const [index, stage] of this.#stages.entries()) {
      if (read.rejected !== undefined) return read;
      const rest = stage.finish();
      if (rest.rejected !== undefined) return rest;
      const behind = this.#through(rest.lines, index + 1);
      read = { ...behind, lines: [...read.lines, ...behind.lines] };
    }
    return read;
  }

  /** What has come behind the lines returned so far, with `partial` of the next line; empty if that can't be code, or may still change. */
  lookahead(partial: string): string {
    return this.#stages.every(({ isPlain }) => isPlain) ? this.#extractor.lookahead(partial) : '';
  }

  /** What was put right so far, as nouns for people. */
  get putRight(): readonly string[] {
    return [this.#extractor, ...this.#stages].flatMap(({ putRight }) => putRight);
  }

  /** Sends lines through the stages from `first` on. */
  #through(lines: readonly string[], first: number): StageOutput {
    let current = lines;
    for (const stage of this.#stages.slice(first)) {
      const next: string[] = [];
      for (const line of current) {
        const output = stage.push(line);
        if (output.rejected !== undefined) return output;
        next.push(...output.lines);
      }
      current = next;
    }
    const placeholder = current.find((line) => isPlaceholder(line) && !this.#baseLines.has(line.trim()));
    if (placeholder === undefined) return { lines: current };
    return { lines: [], rejected: `the answer leaves code out: ${placeholder.trim()}` };
  }
}

function stagesFor({ base, surroundings }: CodeReadingOptions): readonly LineStage[] {
  return [new LineNumbers(base), new HtmlEscapes(base, hasTags(surroundings.languageId))];
}
