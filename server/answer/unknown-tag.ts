// A tag of any name around the beginning of an answer, in a language that has no tags: `<plan>…</plan>`. Only what follows tells whether the answer is inside or behind.

import { type LineStage, noLines, passLine, reject, type StageOutput } from './line-stage.ts';

const opening = /^\s*<([a-z][\w-]{1,30})>\s*$/i;

interface Held {
  readonly kind: 'open' | 'closed';
  readonly name: string;
  readonly lines: string[];
}

type State = Held | { readonly kind: 'begin' } | { readonly kind: 'plain' };

export class UnknownTag implements LineStage {
  readonly #isKnown: (line: string) => boolean;
  #state: State;
  #name: string | undefined;

  /** `hasTags`: tags are code in the language. `isKnown`: lines that are code, or that another stage reads. */
  constructor(hasTags: boolean, isKnown: (line: string) => boolean) {
    this.#state = { kind: hasTags ? 'plain' : 'begin' };
    this.#isKnown = isKnown;
  }

  get isPlain(): boolean {
    return this.#state.kind === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#name === undefined ? [] : [`a <${this.#name}> tag`];
  }

  push(line: string): StageOutput {
    const state = this.#state;
    if (state.kind === 'plain') return passLine(line);
    if (state.kind === 'begin') return this.#begin(line);
    if (state.kind === 'closed') return this.#behind(line);
    if (line.trim().toLowerCase() === `</${state.name}>`) this.#state = { ...state, kind: 'closed' };
    else state.lines.push(line);
    return noLines;
  }

  finish(): StageOutput {
    const state = this.#state;
    if (state.kind === 'open') return reject(`the answer has a <${state.name}> that is not closed`);
    if (state.kind !== 'closed') return noLines;
    this.#name = state.name;
    return { lines: state.lines };
  }

  #begin(line: string): StageOutput {
    if (line.trim() === '') return passLine(line);
    const name = opening.exec(line)?.[1]?.toLowerCase();
    this.#state = name === undefined || this.#isKnown(line) ? { kind: 'plain' } : { kind: 'open', name, lines: [] };
    return this.#state.kind === 'plain' ? passLine(line) : noLines;
  }

  /** What was inside was no code: that stands here. */
  #behind(line: string): StageOutput {
    const state = this.#state;
    if (line.trim() === '' || state.kind !== 'closed') return noLines;
    this.#name = state.name;
    this.#state = { kind: 'plain' };
    return passLine(line);
  }
}
