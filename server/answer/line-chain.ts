// Stages one behind the other, as one.

import { type LineStage, noLines, type StageOutput } from './line-stage.ts';

export class LineChain implements LineStage {
  readonly #stages: readonly LineStage[];
  /** Those that have a say in what comes. */
  #active: readonly LineStage[];

  constructor(stages: readonly LineStage[]) {
    this.#stages = stages;
    this.#active = stages;
  }

  get isPlain(): boolean {
    for (const stage of this.#active) if (!stage.isPlain) return false;
    return true;
  }

  get putRight(): readonly string[] {
    return this.#stages.flatMap(({ putRight }) => putRight);
  }

  get imports(): readonly string[] {
    return this.#stages.flatMap(({ imports = [] }) => imports);
  }

  push(line: string): StageOutput {
    return this.pushAll([line]);
  }

  pushAll(lines: readonly string[]): StageOutput {
    const output = this.#through(lines, 0);
    if (this.#active.some(({ isSettled }) => isSettled))
      this.#active = this.#active.filter(({ isSettled }) => !isSettled);
    return output;
  }

  finish(): StageOutput {
    const lines: string[] = [];
    for (const [index, stage] of this.#active.entries()) {
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
    for (let index = first; index < this.#active.length && current.length > 0; index++) {
      const output = throughOne(this.#active[index]!, current);
      if (output.rejected !== undefined) return output;
      current = output.lines;
    }
    return { lines: current };
  }
}

/** Mostly it is one line that passes: then nothing is copied. */
function throughOne(stage: LineStage, lines: readonly string[]): StageOutput {
  if (lines.length === 1) return stage.push(lines[0]!);
  const all: string[] = [];
  for (const line of lines) {
    const output = stage.push(line);
    if (output.rejected !== undefined) return output;
    all.push(...output.lines);
  }
  return { lines: all };
}
