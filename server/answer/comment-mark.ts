// The text of a comment, answered with the mark that stands in front of it already.

import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';
import type { Surroundings } from './surroundings.ts';

/** At the end of what stands in front of the scope. Signs that are operators, too, count at the start of a line only. */
const inFront = /(?:^\s*(\*|;+|%+)|(?:^|\s)(--+)|(\/\/+!?|#+!?|\/\*+!?|<!--))\s*$/;
const marks: readonly RegExp[] = [
  /^\s*\/\/+!?/,
  /^\s*#+!?/,
  /^\s*\/\*+!?/,
  /^\s*<!--+/,
  /^\s*--+(?!>)/,
  /^\s*\*(?=\s)/,
  /^\s*;+/,
  /^\s*%+/,
];
const ends: readonly (readonly [tail: RegExp, own: RegExp])[] = [
  [/^\s*\*+\//, /\s*\*+\/\s*$/],
  [/^\s*-->/, /\s*-->\s*$/],
];

/** UTF-16 units of a line that is looked at. */
const maxLine = 500;

export interface CommentMarkOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
}

export class CommentMark implements LineStage {
  /** The mark, as an answer would repeat it; undefined: there is none, or the scope begins with one itself. */
  readonly #mark: RegExp | undefined;
  /** What closes the comment behind the scope. */
  readonly #end: RegExp | undefined;
  readonly #keepsBlank: boolean;
  #hasBegun = false;
  #isCut = false;
  #held: string | undefined;

  constructor({ base, surroundings: { before, after } }: CommentMarkOptions) {
    const head = before.slice(Math.max(before.lastIndexOf('\n') + 1, before.length - maxLine));
    const own = inFront.exec(head)?.slice(1).find(Boolean);
    const mark = own === undefined ? undefined : marks.find((each) => each.test(`${own} `));
    this.#mark = mark?.test(base) ? undefined : mark;
    this.#keepsBlank = !/\s$/.test(head) || /^\s/.test(base);
    const tail = /^[^\r\n]{0,80}/.exec(after)![0];
    this.#end = this.#mark && ends.find(([behind, each]) => behind.test(tail) && !each.test(base))?.[1];
  }

  get isPlain(): boolean {
    return this.#mark === undefined;
  }

  get isSettled(): boolean {
    return this.#mark === undefined;
  }

  get putRight(): readonly string[] {
    return this.#isCut ? ['the mark of the comment'] : [];
  }

  push(line: string): StageOutput {
    if (this.#mark === undefined) return passLine(line);
    const lines = this.#held === undefined ? [] : [this.#held];
    this.#held = this.#hasBegun || line.trim() === '' ? line : this.#withoutMark(line, this.#mark);
    this.#hasBegun ||= line.trim() !== '';
    return lines.length > 0 ? { lines } : noLines;
  }

  finish(): StageOutput {
    const line = this.#held;
    if (line === undefined) return noLines;
    // Only of one whose beginning was repeated: else the answer may hold a comment of its own.
    return passLine(this.#isCut && this.#end && line.length < maxLine ? line.replace(this.#end, '') : line);
  }

  #withoutMark(line: string, mark: RegExp): string {
    const found = line.length > maxLine ? undefined : mark.exec(line)?.[0];
    if (found === undefined) return line;
    this.#isCut = true;
    const rest = line.slice(found.length);
    return this.#keepsBlank ? rest : rest.trimStart();
  }
}
