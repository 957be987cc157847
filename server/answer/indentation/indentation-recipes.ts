// The recipes of a Makefile: their tab is syntax, and models write blanks.

import type { Surroundings } from '../surroundings.ts';
import type { IndentationBase } from './indentation-base.ts';
import type { AnswerLine } from './indentation-evidence.ts';
import type { Placing } from './indentation-placed.ts';

const rule = /^[^\s#=][^=#]*:(?!=)/;

export function isMakefile({ languageId, path }: Surroundings): boolean {
  return /^make(?:file)?$/.test(languageId) || /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/.test(path);
}

export class RecipeLines implements Placing {
  readonly #base: IndentationBase;
  /** Whether the line above begins or goes on with a recipe. */
  #isInRecipe = false;

  constructor(base: IndentationBase) {
    this.#base = base;
  }

  place({ line }: AnswerLine): string {
    if (line.trim() === '') return line;
    const out = this.#isInRecipe && !this.#base.lines.has(line) ? line.replace(/^ {2,}(?=\S)/, '\t') : line;
    this.#isInRecipe = out.startsWith('\t') || rule.test(out) || (this.#isInRecipe && out.startsWith(' '));
    return out;
  }
}
