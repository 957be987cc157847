// Which brackets and quotes of a text have no counterpart in it.

import type { Work } from '../../turns.ts';
import { type Lexis, literalTokens } from './literals.ts';

export interface Balance {
  /** Closing brackets without an opening one before them, and opening ones without a closing one behind them, in order. */
  readonly closers: string;
  readonly openers: string;
  /** Brackets inside that do not go with the one that they meet. */
  readonly mismatches: number;
  /** Whether the number of lines with a `"` that no other closes is odd: strings of several lines have two. */
  readonly hasOddQuote: boolean;
  /** Whether {@link BalanceOptions.at} is inside of a comment or a string. */
  readonly isInside: boolean;
}

export interface BalanceOptions {
  readonly reading: Lexis;
  /** The brackets that count, opening and closing ones in turn. */
  readonly brackets?: string;
  /** Whether a `)` without counterpart says nothing: a shell's `case` has them. */
  readonly hasPatterns?: boolean;
  /** An UTF-16 offset of the text. */
  readonly at?: number;
}

/** Characters between two chances to pause. */
const sliceUnits = 50_000;

/** How far up the open brackets are searched for the one that a closing one may belong to. */
const maxOpen = 50;

export const allBrackets = '()[]{}';

/** In time that grows with the length of the text. */
export function* balanceInTurns(text: string, { at = -1, ...options }: BalanceOptions): Work<Balance> {
  const brackets = new Brackets(text, options);
  let [oddQuotes, pauseAt] = [0, sliceUnits];
  let isInside = false;
  for (const token of literalTokens(text, options.reading)) {
    if (token.from > pauseAt) {
      pauseAt = token.from + sliceUnits;
      yield;
    }
    if (token.char === undefined) isInside ||= token.from < at && at < token.to;
    else if (token.char === '"') oddQuotes++;
    else brackets.meet(token.char, token.from, token.lineFrom);
  }
  return { ...brackets.result(), hasOddQuote: oddQuotes % 2 === 1, isInside };
}

/** How many brackets have no counterpart. */
export function unbalanced({ closers, openers, mismatches }: Balance): number {
  return closers.length + openers.length + mismatches;
}

class Brackets {
  readonly #text: string;
  readonly #kinds: string;
  readonly #hasPatterns: boolean;
  readonly #open: string[] = [];
  #closers = '';
  #mismatches = 0;

  constructor(text: string, { brackets = allBrackets, hasPatterns = false }: BalanceOptions) {
    this.#text = text;
    this.#kinds = brackets;
    this.#hasPatterns = hasPatterns;
  }

  meet(char: string, at: number, lineFrom: number): void {
    const kind = this.#kinds.indexOf(char);
    if (kind < 0) return;
    const opener = this.#kinds[kind - 1];
    if (kind % 2 === 0) this.#open.push(char);
    else if (this.#open.at(-1) === opener) this.#open.pop();
    else if (char !== ')' || !(this.#hasPatterns || isNoBracket(this.#text, at, lineFrom)))
      this.#closeOther(char, opener!);
  }

  result(): Pick<Balance, 'closers' | 'openers' | 'mismatches'> {
    return { closers: this.#closers, openers: this.#open.join(''), mismatches: this.#mismatches };
  }

  /** A closing bracket that does not go with the last open one. */
  #closeOther(char: string, opener: string): void {
    const above = this.#open.slice(-maxOpen).reverse().indexOf(opener);
    if (above < 0) this.#closers += char;
    else this.#mismatches += this.#open.splice(-above - 1).length - 1;
  }
}

/** Whether the `)` at `at`, which nothing opens, is that of `1)` or `a)` at the beginning of a line, or of `:)`. */
export function isNoBracket(text: string, at: number, lineFrom: number): boolean {
  if (/[:;]/.test(text[at - 1] ?? '')) return true;
  return at - lineFrom < 60 && /^[\s*#/-]*\w{1,3}$/.test(text.slice(lineFrom, at));
}
