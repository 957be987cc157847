// Why the lines of a scope do not go together, without a tree.

import { nextLine, skipBlanks } from '../line-spans.ts';
import { type Bracket, bracketFinding } from '../problems/bracket-problems.ts';
import {
  type Finding,
  firstNew,
  missing,
  notIndented,
  openString,
  type PlacedText,
  problemAt,
} from '../problems/problem-words.ts';
import type { Problem } from '../scopes.ts';
import { isNoBracket } from './bracket-balance.ts';
import { type Lexis, literalTokens } from './literals.ts';

export interface PairingOptions {
  readonly reading: Lexis;
  /** The brackets that count. */
  readonly brackets: string;
  readonly hasQuotes: boolean;
  /** Whether a `)` may be that of a pattern, as in a shell's `case`. */
  readonly hasPatterns: boolean;
}

/** The first `"` that nothing closes, if not another one goes with it, else the first bracket without counterpart; compared with the lines before. */
export function pairingProblem(now: PlacedText, before: string, options: PairingOptions): Problem | undefined {
  const [after, base] = [tokensOf(now.whole, options), tokensOf(before, options)];
  const hasOdd = options.hasQuotes && (after.quotes.length - base.quotes.length) % 2 !== 0;
  const quote = hasOdd ? (firstNew(after.quotes, now.whole, base.quotes, before) ?? lostQuote) : undefined;
  const finding = quote ?? bracketFinding(now.whole, after.brackets, base.brackets);
  return finding && problemAt(finding, now);
}

const lostQuote: Finding = { at: 0, what: missing('"') };

/** The first line that is indented by less than `least` columns, or that matches `tabs`. */
export function indentProblem(now: PlacedText, tabs: RegExp | undefined, least: number): Problem | undefined {
  const { whole } = now;
  for (let line = 0; line < whole.length; line = nextLine(whole, line)) {
    const first = skipBlanks(whole, line);
    const shown = whole.slice(line, nextLine(whole, line));
    const isComment = /^\s*(?:#|--)/.test(shown);
    const isOff = tabs?.test(shown) === true || (first - line < least && !isComment);
    if (/\S/.test(shown) && isOff) return problemAt({ at: first, what: notIndented }, now);
  }
  return undefined;
}

interface LayoutTokens {
  readonly quotes: readonly Finding[];
  readonly brackets: readonly Bracket[];
}

function tokensOf(text: string, { reading, brackets: kinds, hasPatterns }: PairingOptions): LayoutTokens {
  const quotes: Finding[] = [];
  const brackets: Bracket[] = [];
  let open = 0;
  for (const { char, from, lineFrom } of literalTokens(text, reading)) {
    if (char === '"') quotes.push({ at: from, what: openString });
    if (char === undefined || !kinds.includes(char)) continue;
    if (char === ')' && open === 0 && (hasPatterns || isNoBracket(text, from, lineFrom))) continue;
    if (char === '(') open++;
    else if (char === ')') open = Math.max(open - 1, 0);
    brackets.push({ char, at: from });
  }
  return { quotes, brackets };
}
