// Takes off the `> ` in front of each line of an answer that was written as a quotation.

import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';

const quote = /^\s*> ?/;

export class LineQuotes implements LineStage {
  #state: 'first' | 'second' | 'quoted' | 'plain';
  /** The first line, until the second one tells. */
  #first = '';

  /** `base`: the scope's text. `isProse`: quotations are code in its language. */
  constructor(base: string, isProse: boolean) {
    this.#state = isProse || quote.test(base) ? 'plain' : 'first';
  }

  get isPlain(): boolean {
    return this.#state === 'plain';
  }

  get isSettled(): boolean {
    return this.#state === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#state === 'quoted' ? ['a quotation'] : [];
  }

  push(line: string): StageOutput {
    if (this.#state === 'plain') return passLine(line);
    if (this.#state === 'quoted') return passLine(line.replace(quote, ''));
    if (this.#state === 'first') {
      this.#state = quote.test(line) ? 'second' : 'plain';
      this.#first = line;
      return this.#state === 'plain' ? passLine(line) : noLines;
    }
    this.#state = quote.test(line) ? 'quoted' : 'plain';
    return { lines: [this.#first, line].map((each) => (this.#state === 'quoted' ? each.replace(quote, '') : each)) };
  }

  finish(): StageOutput {
    return this.#state === 'second' ? passLine(this.#first) : noLines;
  }
}
