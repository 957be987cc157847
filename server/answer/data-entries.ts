// Entries of data that were answered as if they stood alone: with braces around them, without the comma behind them or the dash in front.

import { isProseLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, reject, type StageOutput } from './line-stage.ts';
import { columnOf, withoutOuterBlanks } from './shape/line-kinds.ts';
import { holdsOutside } from './shape/read-whole.ts';
import type { Surroundings } from './surroundings.ts';

const key = /^\s*("(?:[^"\\]|\\.){0,200}")\s*:/;

export class DataEntries implements LineStage {
  /** Whether the scope is no such entries. */
  readonly isSettled: boolean;
  readonly #base: string;
  readonly #surroundings: Surroundings;
  /** The whole answer where it begins with a brace. */
  #held: string[] = [];
  #state: 'begin' | 'braced' | 'plain' = 'begin';
  readonly #putRight: string[] = [];

  constructor(base: string, surroundings: Surroundings) {
    this.#base = base;
    this.#surroundings = surroundings;
    this.isSettled = !/^json/.test(surroundings.languageId) || !key.test(base.trimStart());
  }

  get isPlain(): boolean {
    return this.isSettled;
  }

  get putRight(): readonly string[] {
    return this.#putRight;
  }

  push(line: string): StageOutput {
    if (this.isSettled) return passLine(line);
    if (this.#state === 'begin' && line.trim() !== '') this.#state = line.trim() === '{' ? 'braced' : 'plain';
    if (this.#state === 'plain') return { lines: [...this.#held.splice(0), line] };
    this.#held.push(line);
    return noLines;
  }

  finish(): StageOutput {
    if (this.#state !== 'braced') return { lines: this.#held };
    const lines = this.#withoutBraces(withoutOuterBlanks(this.#held));
    return typeof lines === 'string' ? reject(lines) : { lines };
  }

  #withoutBraces(lines: readonly string[]): readonly string[] | string {
    const { before, after } = this.#surroundings;
    if (!/^\}[,;]?$/.test(lines.at(-1)!.trim())) return lines;
    const inside = lines.slice(1, -1);
    const column = Math.min(...inside.filter((line) => line.trim() !== '').map(columnOf));
    const outer = inside.filter((line) => columnOf(line) === column && key.test(line));
    const own = new Set(this.#base.split('\n').map(keyOf));
    const stranger = outer.find((line) => !own.has(keyOf(line)) && (before + after).includes(keyOf(line)!));
    if (stranger !== undefined) return holdsOutside(stranger.trim());
    if (outer.length === 0) return lines;
    this.#putRight.push('braces around the answer');
    return inside;
  }
}

/** Behind what brings an answer into the shape of the scope: only then its last entry is known. */
export class DataComma implements LineStage {
  readonly isSettled: boolean;
  readonly #isJson: boolean;
  /** The last line, and blank ones behind it. */
  #held: string[] = [];
  #isAdded = false;

  constructor(base: string, { languageId, after }: Surroundings) {
    const next = /^\s*(\S)/.exec(after)?.[1] ?? ')';
    this.#isJson = /^json/.test(languageId);
    const isEntry = this.#isJson ? /,\s*$/.test(base) : /^\s*[}\])]+,\s*$/m.test(lastLine(base));
    this.isSettled = isProseLanguage(languageId) || !isEntry || /[)\]}]/.test(next);
  }

  get isPlain(): boolean {
    return this.#held.length === 0;
  }

  get putRight(): readonly string[] {
    return this.#isAdded ? ['a comma'] : [];
  }

  push(line: string): StageOutput {
    if (this.isSettled) return passLine(line);
    const isBlank = line.trim() === '';
    if (isBlank ? this.#held.length === 0 : !this.#mayEnd(line.trimEnd()))
      return { lines: [...this.#held.splice(0), line] };
    const lines = isBlank ? [] : this.#held.splice(0);
    this.#held.push(line);
    return { lines };
  }

  finish(): StageOutput {
    const last = this.#held[0]?.trimEnd() ?? '';
    this.#isAdded = this.#mayEnd(last);
    return { lines: this.#isAdded ? [`${last},`, ...this.#held.slice(1)] : this.#held };
  }

  #mayEnd(line: string): boolean {
    return this.#isJson ? /["\]}\w]$/.test(line) && !line.includes('//') : /^\s*[}\])]+$/.test(line);
  }
}

/** Items of a list in YAML that were answered without their dashes: between other items, that is no YAML any more. */
export class ListItems implements LineStage {
  readonly isPlain = true;
  readonly putRight = [];
  #isSettled: boolean;
  /** Known by the first line, which may yet turn out to be talk: told at the end. */
  #isFault = false;

  constructor(base: string, { languageId, before, after }: Surroundings) {
    this.#isSettled = languageId !== 'yaml' || !isAmongItems(base, [before, after]);
  }

  get isSettled(): boolean {
    return this.#isSettled && !this.#isFault;
  }

  push(line: string): StageOutput {
    if (this.#isSettled || line.trim() === '' || line.trim().startsWith('#')) return passLine(line);
    this.#isSettled = true;
    this.#isFault = !/^\s*-(?:\s|$)/.test(line);
    return passLine(line);
  }

  finish(): StageOutput {
    return this.#isFault ? reject('the answer is no item of the list that the scope is one of') : noLines;
  }
}

/** Whether a text begins with an item, and there are others of its list around it. */
function isAmongItems(base: string, around: readonly string[]): boolean {
  const first = base.split('\n').find((line) => line.trim() !== '') ?? '';
  const item = `${first.slice(0, first.search(/\S/))}- `;
  return first.startsWith(item) && around.some((text) => text.split('\n').some((line) => line.startsWith(item)));
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)!;
const keyOf = (line: string): string | undefined => key.exec(line)?.[1];
