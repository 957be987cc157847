// A tag around an answer in a language whose code has tags, by a name that may be an element or a frame: `<code>`, `<Answer>`. Its lines are held, since the way in which
// it stands around the scope's own lines tells: an element has them one level in.

import { type LineStage, noLines, passLine, reject, type StageOutput } from './line-stage.ts';
import { columnOf, withoutOuterBlanks } from './shape/line-kinds.ts';
import type { Surroundings } from './surroundings.ts';

const opening = /^\s*<([a-z][\w-]{1,30})>\s*$/i;
const words = new Set(
  (
    'answer result rewrite rewritten response solution replacement final edit edited file content source code output snippet corrected fixed updated new modified ' +
    'revised script text html vue svelte astro jsx tsx markup version block'
  ).split(' '),
);

export interface DoubtfulTagOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
}

export class DoubtfulTag implements LineStage {
  readonly #base: string;
  readonly #surroundings: Surroundings;
  #name: string | undefined;
  #held: string[] = [];
  #state: 'begin' | 'held' | 'plain' = 'begin';
  #isDropped = false;

  constructor({ base, surroundings }: DoubtfulTagOptions) {
    this.#base = base;
    this.#surroundings = surroundings;
  }

  get isPlain(): boolean {
    return this.#state === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#isDropped ? [`a <${this.#name}> tag`] : [];
  }

  push(line: string): StageOutput {
    if (this.#state === 'plain' || (this.#state === 'begin' && line.trim() === '')) return passLine(line);
    if (this.#state === 'begin') {
      const name = opening.exec(line)?.[1];
      this.#state = name !== undefined && this.#isDoubtful(name) ? 'held' : 'plain';
      if (this.#state === 'plain') return passLine(line);
      this.#name = name;
    }
    this.#held.push(line);
    return noLines;
  }

  finish(): StageOutput {
    if (this.#state !== 'held') return noLines;
    const lines = withoutOuterBlanks(this.#held);
    if (lines.length < 3 || lines.at(-1)!.trim() !== `</${this.#name}>`) return { lines: this.#held };
    const inside = withoutOuterBlanks(lines.slice(1, -1));
    const scope = withoutOuterBlanks(this.#base.split(/\r?\n/));
    const isScope = inside.length === scope.length && inside.every((line, i) => line.trimEnd() === scope[i]!.trimEnd());
    if (isScope) return reject(`the answer is the scope as it is, in a <${this.#name}> tag`);
    const isAlike = scope.length > 1 && [0, -1].every((at) => inside.at(at)?.trim() === scope.at(at)!.trim());
    this.#isDropped = isAlike && columnOf(inside[0]!) <= columnOf(lines[0]!);
    return { lines: this.#isDropped ? inside : this.#held };
  }

  /** Whether nothing but the name's words speaks of a frame, and neither the document nor the instruction knows it. */
  #isDoubtful(name: string): boolean {
    const { before, after, instruction } = this.#surroundings;
    const parts = name.split(/[-_]|(?<=[a-z])(?=[A-Z])/).map((part) => part.toLowerCase());
    if (!parts.every((part) => words.has(part)) || parts.some((part) => instruction.toLowerCase().includes(part)))
      return false;
    const tag = `<${name}`;
    return ![before, this.#base, after].some((text) => text.includes(tag));
  }
}
