// Which brackets and quotes of a text have no counterpart in it.

import type { Work } from '../turns.ts';
import { type Lexis, Literals } from './literals.ts';

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
const special = /["'/#;%<={_()[\]}\-\\\n]/g;

/** In time that grows with the length of the text. */
export function* balanceInTurns(text: string, options: BalanceOptions): Work<Balance> {
  const { reading, brackets = allBrackets, hasPatterns = false, at = -1 } = options;
  const literals = new Literals(text, reading);
  const open: string[] = [];
  let closers = '';
  let [mismatches, oddQuotes, lineFrom, pauseAt] = [0, 0, 0, sliceUnits];
  let isInside = false;
  const next = new RegExp(special);
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const { index } = found;
    const char = found[0];
    if (index > pauseAt) {
      pauseAt = index + sliceUnits;
      yield;
    }
    if (char === '\n') {
      lineFrom = index + 1;
      continue;
    }
    if (char === '\\') {
      next.lastIndex = text[index + 1] === '\n' ? index + 1 : index + 2;
      continue;
    }
    const end = literals.end(index, lineFrom);
    if (end !== undefined) {
      isInside ||= index < at && at < end;
      const lastBreak = text.slice(index, end).lastIndexOf('\n');
      if (lastBreak >= 0) lineFrom = index + lastBreak + 1;
      next.lastIndex = end;
      continue;
    }
    if (char === '"') oddQuotes++;
    const kind = brackets.indexOf(char);
    if (kind < 0) continue;
    if (kind % 2 === 0) open.push(char);
    else {
      const opener = brackets[kind - 1]!;
      if (open.at(-1) === opener) open.pop();
      else if (char === ')' && (hasPatterns || isMark(text, index, lineFrom))) continue;
      else {
        const above = open.slice(-maxOpen).reverse().indexOf(opener);
        if (above < 0) closers += char;
        else mismatches += open.splice(-above - 1).length - 1;
      }
    }
  }
  return { closers, openers: open.join(''), mismatches, hasOddQuote: oddQuotes % 2 === 1, isInside };
}

/** How many brackets have no counterpart. */
export function unbalanced({ closers, openers, mismatches }: Balance): number {
  return closers.length + openers.length + mismatches;
}

/** Whether the `)` at `at` is that of `1)` or `a)` at the beginning of a line, or of `:)`. */
function isMark(text: string, at: number, lineFrom: number): boolean {
  if (/[:;]/.test(text[at - 1] ?? '')) return true;
  return at - lineFrom < 60 && /^[\s*#/-]*\w{1,3}$/.test(text.slice(lineFrom, at));
}
