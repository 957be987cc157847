// How long an answer may get: a model that never ends is stopped at that, and one that repeats itself before.

import { lineBreaksIn } from '../text/lines.ts';
import { Repetition } from './repetition.ts';
import { pass, refuse, type Verdict } from './verdict.ts';

/** UTF-16 units in a token of code, on average; the same figure by which tokens are estimated elsewhere. */
const unitsPerToken = 4;
/** An answer may be this many times as long as its scope, and so many tokens longer: no useful answer needs more. */
const timesScope = 4;
const extraTokens = 4096;
/** The same extra in lines: a line has some ten tokens, but there may be many short ones. */
const extraLines = 1024;
/** UTF-16 units allowed for each line that may change, where the scope is a stub or blank: then its length says nothing about the answer's. */
const unitsPerLine = 80;

/** Thinking is no part of the answer, and a model may think for longer than it writes; this is more than any edit needs. */
const maxThinkingTokens = 32_768;

/** How long an answer may get. */
export interface AnswerBound {
  /** UTF-16 units. */
  readonly units: number;
  readonly lines: number;
  /** Where the bounds come from, in words for the user. */
  readonly why: string;
  /** The scope's text: what that repeats, the answer may. */
  readonly text: string;
}

export interface BoundOptions {
  /** The scope's text. */
  readonly text: string;
  /** Whether its body is still to be written. */
  readonly isStub: boolean;
  /** The lane's own setting, which takes precedence. */
  readonly maxOutputTokens: number | undefined;
  readonly rules: { readonly maxChangedLines: number };
}

export function answerBoundFor({ text, isStub, maxOutputTokens, rules }: BoundOptions): AnswerBound {
  if (maxOutputTokens !== undefined)
    return { units: unitsPerToken * maxOutputTokens, lines: maxOutputTokens, why: 'maxOutputTokens of its lane', text };
  const units = timesScope * text.length + unitsPerToken * extraTokens;
  const lines = timesScope * lineBreaksIn(text) + extraLines;
  if (!isStub && text.trim() !== '') return { units, lines, why: '4 times the scope and 4,096 tokens', text };
  const { maxChangedLines } = rules;
  return {
    units: Math.max(units, unitsPerLine * maxChangedLines),
    lines: Math.max(lines, maxChangedLines),
    why: 'guardrails.maxChangedLines',
    text,
  };
}

/** Measures an answer as it streams in. */
export class AnswerLength {
  readonly #bound: AnswerBound;
  readonly #repetition: Repetition;
  #units = 0;
  #lines = 0;
  #thinkingUnits = 0;

  constructor(bound: AnswerBound) {
    this.#bound = bound;
    this.#repetition = new Repetition(bound.text);
  }

  /** The same of thinking that stands in the text. */
  addThinking(chunk: string): Verdict {
    this.#thinkingUnits += chunk.length;
    if (this.#thinkingUnits <= unitsPerToken * maxThinkingTokens) return pass;
    return refuse(
      `the model thinks for more than ${maxThinkingTokens} tokens; ask for less at a time, or let it think less`,
    );
  }

  /** Refuses once the answer is longer than its bound, or repeats itself. That is final. */
  add(chunk: string): Verdict {
    const { units, lines, why } = this.#bound;
    this.#units += chunk.length;
    if (this.#units <= units) this.#lines += lineBreaksIn(chunk);
    if (this.#units > units) return tooLong(`${units} characters`, why);
    return this.#lines > lines ? tooLong(`${lines} lines`, why) : this.#repetition.add(chunk);
  }
}

function tooLong(what: string, why: string): Verdict {
  return refuse(
    `the answer is longer than ${what} (${why}); ask for less at a time, or raise maxOutputTokens of the lane`,
  );
}
