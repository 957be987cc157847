// Stages one behind the other, as one.

import { type LineStage, noLines, type StageOutput } from './line-stage.ts';

export class LineChain implements LineStage {
  readonly #stages: readonly LineStage[];

  constructor(stages: readonly LineStage[]) {
    this.#stages = stages;
  }

  get isPlain(): boolean {
    return this.#stages.every(({ isPlain }) => isPlain);
  }

  get putRight(): readonly string[] {
    return this.#stages.flatMap(({ putRight }) => putRight);
  }

  push(line: string): StageOutput {
    return this.#through([line], 0);
  }

  finish(): StageOutput {
    const lines: string[] = [];
    for (const [index, stage] of this.#stages.entries()) {
      const rest = stage.finish();
      if (rest.rejected !== undefined) return rest;
      const behind = this.#through(rest.lines, index + 1);
      if (behind.rejected !== undefined) return behind;
      lines.push(...behind.lines);
    }
    return lines.length > 0 ? { lines } : noLines;
  }

  /** Sends lines through the stages from `first` on. */
  #through(lines: readonly string[], first: number): StageOutput {
    let current = lines;
    for (let index = first; index < this.#stages.length; index++) {
      const next: string[] = [];
      for (const line of current) {
        const output = this.#stages[index]!.push(line);
        if (output.rejected !== undefined) return output;
        next.push(...output.lines);
      }
      current = next;
    }
    return { lines: current };
  }
}
