// The indentation of the lower part of a block. It may be another one on purpose, as where code leaves a loop; only what can't be meant is put right.

import { indentOf } from '../../text/lines.ts';
import { type LineStage, noLines, passLine, type StageOutput } from '../line-stage.ts';
import { Indentation } from './indentation.ts';
import type { BaseOptions } from './indentation-level.ts';

export interface PartOptions extends BaseOptions {
  /** The text of the whole scope. */
  readonly scope: string;
}

export class PartIndentation implements LineStage {
  readonly #options: PartOptions;
  /** What puts the lines right; undefined: nothing has to be. */
  #inner: Indentation | undefined;
  #hasBegun = false;

  constructor(options: PartOptions) {
    this.#options = options;
  }

  get isPlain(): boolean {
    return this.#inner?.isPlain ?? true;
  }

  get putRight(): readonly string[] {
    return this.#inner?.putRight ?? [];
  }

  push(line: string): StageOutput {
    if (!this.#hasBegun && line.trim() !== '') {
      this.#hasBegun = true;
      if (cannotBeMeant(line, this.#options.scope)) this.#inner = new Indentation(this.#options);
    }
    return this.#inner ? this.#inner.push(line) : passLine(line);
  }

  finish(): StageOutput {
    return this.#inner ? this.#inner.finish() : noLines;
  }
}

/** A line further out than all of the scope, or with white space that it has not. */
function cannotBeMeant(line: string, scope: string): boolean {
  const indents = scope
    .split('\n')
    .filter((each) => each.trim() !== '')
    .map(indentOf);
  const own = indentOf(line);
  const known = new Set(indents.join(''));
  if (known.size > 0 && [...own].some((char) => !known.has(char))) return true;
  return indents.every((indent) => indent.length > own.length);
}
