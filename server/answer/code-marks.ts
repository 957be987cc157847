// An answer for a part of a line that stands in backticks, as code does in a sentence: they are not part of it.

import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';
import type { Surroundings } from './surroundings.ts';

const marked = /^\s*`([^`]+)`\s*$/;
/** Languages in which such marks are code that a scope may come to need. */
const hasMarks = /^(?:markdown|mdx|rst|restructuredtext|shellscript|perl|ruby|php|sql)$/;

/** `begin`: no line has come. `held`: the one line of the answer, as it came. */
type State = { readonly kind: 'begin' | 'open' } | { readonly kind: 'held'; readonly line: string };

export interface CodeMarksOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
}

export class CodeMarks implements LineStage {
  #state: State;
  #isBare = false;

  /** Only where the scope is part of one line, has no quotes, and none were asked for: else a template or a string may be meant. */
  constructor({ base, surroundings: { before, after, instruction, languageId } }: CodeMarksOptions) {
    const isInLine = !base.includes('\n') && (/[^\s][^\n]*$/.test(before) || /^[^\S\n]*\S/.test(after));
    const isMeant = /["'`]/.test(base) || /templat|string|quot|backtick|literal/i.test(instruction);
    this.#state = { kind: isInLine && !isMeant && !hasMarks.test(languageId) ? 'begin' : 'open' };
  }

  get isPlain(): boolean {
    return this.#state.kind === 'open';
  }

  get putRight(): readonly string[] {
    return this.#isBare ? ['backticks'] : [];
  }

  push(line: string): StageOutput {
    const state = this.#state;
    if (state.kind === 'begin' && line.trim() === '') return passLine(line);
    this.#state = { kind: 'open' };
    if (state.kind === 'held') return { lines: [state.line, line] };
    if (state.kind === 'open' || !marked.test(line) || line.includes('${')) return passLine(line);
    this.#state = { kind: 'held', line };
    return noLines;
  }

  finish(): StageOutput {
    if (this.#state.kind !== 'held') return noLines;
    this.#isBare = true;
    return { lines: [marked.exec(this.#state.line)![1]!] };
  }
}
