// How long an answer may get: a model that repeats itself, or never ends, is stopped there.

import { pass, refuse, type Verdict } from './verdict.ts';

/** UTF-16 units to a token of code, on average; the same figure as where tokens are estimated. */
const UNITS_PER_TOKEN = 4;
/** So many times what it is about, and so many tokens more, is room for every answer that is one. */
const TIMES = 4;
const MORE_TOKENS = 4096;
/** The same in lines: a line has some ten tokens, but a scope may have many short ones. */
const MORE_LINES = 1024;
/** A line of code that is written anew; what is to be written may be long although what stands there is not. */
const UNITS_PER_LINE = 80;

/** How long an answer may get. */
export interface AnswerBound {
  /** UTF-16 units. */
  readonly units: number;
  readonly lines: number;
  /** Where the bounds come from, for people. */
  readonly why: string;
}

export interface BoundOptions {
  /** The scope's text. */
  readonly text: string;
  /** Its body is still to be written. */
  readonly isStub: boolean;
  /** The lane's own setting; it wins. */
  readonly maxOutputTokens: number | undefined;
  readonly rules: { readonly maxChangedLines: number };
}

export function boundOf({ text, isStub, maxOutputTokens, rules }: BoundOptions): AnswerBound {
  if (maxOutputTokens !== undefined)
    return { units: UNITS_PER_TOKEN * maxOutputTokens, lines: maxOutputTokens, why: 'maxOutputTokens of its lane' };
  const units = TIMES * text.length + UNITS_PER_TOKEN * MORE_TOKENS;
  const lines = TIMES * breaksIn(text) + MORE_LINES;
  if (!isStub && text.trim() !== '') return { units, lines, why: '4 times the scope and 4,096 tokens' };
  const { maxChangedLines } = rules;
  return {
    units: Math.max(units, UNITS_PER_LINE * maxChangedLines),
    lines: Math.max(lines, maxChangedLines),
    why: 'guardrails.maxChangedLines',
  };
}

/** Counts an answer as it comes. */
export class AnswerLength {
  readonly #bound: AnswerBound;
  #units = 0;
  #lines = 0;

  constructor(bound: AnswerBound) {
    this.#bound = bound;
  }

  /** Refused once the answer is longer than its bound; then it is over. */
  add(chunk: string): Verdict {
    const { units, lines, why } = this.#bound;
    this.#units += chunk.length;
    if (this.#units <= units) this.#lines += breaksIn(chunk);
    if (this.#units > units) return tooLong(`${units} characters`, why);
    return this.#lines > lines ? tooLong(`${lines} lines`, why) : pass;
  }
}

function tooLong(what: string, why: string): Verdict {
  return refuse(
    `the answer is longer than ${what} (${why}); ask for less at a time, or raise maxOutputTokens of the lane`,
  );
}

function breaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
