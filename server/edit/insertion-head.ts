// What an answer for a place for new code begins with and the file has already: imports, and the head of what the place is in.

import type { StageOutput } from '../answer/line-stage.ts';
import { declarationIn } from '../answer/shape/declared-names.ts';
import { isImportLine, isProposable, withoutImports } from '../answer/shape/import-lines.ts';
import { columnOf, isWeighty } from '../answer/shape/line-kinds.ts';
import { Neighbourhood } from '../answer/shape/neighbourhood.ts';
import { changesOutside, holdsOutside } from '../answer/shape/read-whole.ts';
import type { Surroundings } from '../answer/surroundings.ts';

/** Lines: nobody brings in more, and each line that comes is judged with all that are held. */
const maxHeld = 200;

export class InsertionHead {
  readonly #around: Neighbourhood;
  /** Of the place, in columns. */
  readonly #column: number;
  /** Undefined once code has come that is none of it. */
  #held: string[] | undefined = [];
  #imports: readonly string[] = [];

  constructor(surroundings: Surroundings, indent: string) {
    this.#around = new Neighbourhood(surroundings);
    this.#column = columnOf(indent);
    // Where nothing stands yet but imports, they are the text itself.
    const { before, after } = this.#around;
    if (![...withoutImports(before).rest, ...withoutImports(after).rest].some((line) => isWeighty(line.trim())))
      this.#held = undefined;
  }

  /** Statements for the file that it lacks. */
  get imports(): readonly string[] {
    return this.#imports;
  }

  push(line: string): StageOutput {
    if (this.#held === undefined) return { lines: [line] };
    const lines = [...this.#held, line];
    const { rest, imports } = withoutImports(lines);
    const code = rest.find((each) => isWeighty(each.trim()));
    if (lines.length <= maxHeld && (code === undefined || (code === line && isImportLine(line.trim())))) {
      this.#held = lines;
      return { lines: [] };
    }
    this.#held = undefined;
    if (code !== undefined && this.#encloses(code)) return { lines: [], rejected: holdsOutside(code.trim()) };
    // What a statement is for may be brought in beside it.
    if (imports.length === 0 || code === undefined || declarationIn(code) === undefined) return { lines };
    const fresh = imports.filter((one) => !this.#around.imports(one));
    const foreign = fresh.find((one) => !isProposable(one));
    if (foreign !== undefined) return { lines: [], rejected: changesOutside(foreign) };
    this.#imports = fresh;
    return { lines: rest.slice(rest.findIndex((each) => each.trim() !== '')) };
  }

  finish(): readonly string[] {
    return this.#held ?? [];
  }

  /** Whether a line opens a block that the place is in. */
  #encloses(line: string): boolean {
    if (declarationIn(line)?.kind !== 'container') return false;
    let least = this.#column;
    for (const above of this.#around.before.toReversed()) {
      if (!isWeighty(above.trim()) || columnOf(above) >= least) continue;
      if (above.trim() === line.trim()) return true;
      least = columnOf(above);
    }
    return false;
  }
}
