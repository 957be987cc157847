// The check of an edit where there is no grammar, or where the tree has errors already: brackets, quotes and indentation go together no worse than before. In doubt it passes.

import { isMarkupLanguage, isProseLanguage } from '../../text/language-kinds.ts';
import type { Span } from '../../text/span.ts';
import { runToEnd, type Work } from '../../turns.ts';
import { lineEnd, lineStart } from '../line-spans.ts';
import type { ParseCheck, Problem } from '../scopes.ts';
import { allBrackets, type Balance, balanceInTurns, unbalanced } from './bracket-balance.ts';
import { indentProblem, pairingProblem } from './layout-problem.ts';
import type { Lexis } from './literals.ts';

/** A text passes if it does in one way to read it: the edit may have nothing to do with what is odd in the others. */
const readings: readonly Lexis[] = [
  { quotes: 'strings', comments: true },
  { quotes: 'characters', comments: true },
  { quotes: 'strings', comments: false },
  { quotes: 'none', comments: false },
];

/** How a `case` of a shell ends, whose patterns are closed by brackets that nothing opens. */
const casePatterns = /^[ \t]*esac\b/m;

/** UTF-16 units of a text that is counted through for each new text of the scope. */
const maxCounted = 200_000;

/** Languages whose comments begin with a `"`, so that nothing is certain of their quotes and of the brackets behind them. */
const unreadable = new Set(['vim', 'viml']);

/** Languages without a grammar in which blocks are made by indentation. */
const indentedLanguages = new Set(
  'yaml haskell purescript elm nim coffeescript fsharp sass stylus pug jade haml slim gdscript'.split(' '),
);

/** Whether there is a check for a language: not where brackets and quotes prove nothing, as in prose. */
export function hasLayoutCheck(languageId: string): boolean {
  return languageId !== '' && !unreadable.has(languageId) && !isProseLanguage(languageId);
}

interface LayoutCheckOptions {
  readonly languageId: string;
  readonly text: string;
  /** The scope: what is replaced, in UTF-16 offsets of `text`. */
  readonly span: Span;
}

/** How the text reads before the edit, in one way to read it. */
interface Base {
  readonly reading: Lexis;
  readonly whole: Balance;
  /** That of the lines of the scope. */
  readonly lines: Balance;
}

export function createLayoutCheck(options: LayoutCheckOptions): ParseCheck {
  const check = new LayoutCheck(options);
  return {
    basis: 'layout',
    parsesInTurns: (text) => check.passes(text),
    parses: (text) => runToEnd(check.passes(text)),
    problemIn: (text) => check.problemIn(text),
    dispose() {},
  };
}

class LayoutCheck {
  readonly #text: string;
  readonly #span: Span;
  /** The lines that hold the scope. */
  readonly #lines: Span;
  readonly #brackets: string;
  readonly #hasQuotes: boolean;
  readonly #isIndented: boolean;
  readonly #isShell: boolean;
  /** By the index of the reading; read when it is first needed. */
  readonly #bases: Base[] = [];

  constructor({ languageId, text, span }: LayoutCheckOptions) {
    this.#text = text;
    this.#span = span;
    this.#lines = { from: lineStart(text, span.from), to: lineEnd(text, span.to) };
    this.#brackets = isMarkupLanguage(languageId) ? '{}' : allBrackets;
    this.#hasQuotes = !isMarkupLanguage(languageId);
    this.#isIndented = indentedLanguages.has(languageId);
    this.#isShell = casePatterns.test(text);
  }

  *passes(text: string): Work<boolean> {
    const lines = this.#linesWith(text);
    if (this.#isIndented && !keepsIndentation(this.#text, this.#lines, lines)) return false;
    let isSomeSound = false;
    for (const [index, reading] of readings.entries()) {
      this.#bases[index] ??= yield* this.#readBase(reading);
      const base = this.#bases[index];
      if (unbalanced(base.whole) > 0) continue;
      isSomeSound = true;
      if (yield* this.#passesIn(base, lines)) return true;
    }
    if (isSomeSound) return false;
    for (const base of this.#bases) if (yield* this.#passesIn(base, lines)) return true;
    return false;
  }

  problemIn(text: string): Problem | undefined {
    const from = this.#span.from - this.#lines.from;
    const now = { whole: this.#linesWith(text), from, to: from + text.length };
    const before = this.#text.slice(this.#lines.from, this.#lines.to);
    if (Math.max(now.whole.length, before.length) > maxCounted) return undefined;
    if (this.#isIndented && !keepsIndentation(this.#text, this.#lines, now.whole))
      return indentProblem(now, hasTabs.test(this.#text) ? undefined : hasTabs, leastIndent(before));
    const { reading } = this.#bases.find((base) => unbalanced(base.whole) === 0) ??
      this.#bases[0] ?? { reading: readings[0]! };
    const hasPatterns = this.#isShell || casePatterns.test(text);
    return pairingProblem(now, before, { reading, brackets: this.#brackets, hasQuotes: this.#hasQuotes, hasPatterns });
  }

  /** The lines of the scope with a new text in its place. */
  #linesWith(text: string): string {
    const { from, to } = this.#span;
    return this.#text.slice(this.#lines.from, from) + text + this.#text.slice(to, this.#lines.to);
  }

  *#readBase(reading: Lexis): Work<Base> {
    const text = this.#text.slice(this.#lines.from, this.#lines.to);
    const whole = yield* this.#balance(this.#text, reading);
    return { reading, whole, lines: yield* this.#balance(text, reading) };
  }

  *#passesIn({ reading, whole, lines: before }: Base, lines: string): Work<boolean> {
    const after = yield* this.#balance(lines, reading);
    const isSame =
      after.closers === before.closers && after.openers === before.openers && after.mismatches <= before.mismatches;
    const quotes = this.#hasQuotes && !whole.hasOddQuote;
    if (isSame && !(quotes && after.hasOddQuote !== before.hasOddQuote)) return true;
    // Without anything odd in the text, what is odd in the scope is so in the text.
    if (unbalanced(whole) === 0 && !whole.isInside) return false;
    if (this.#text.length > maxCounted) return true;
    const text = this.#text.slice(0, this.#lines.from) + lines + this.#text.slice(this.#lines.to);
    const now = yield* this.#balance(text, reading);
    return unbalanced(now) <= unbalanced(whole) && !(quotes && now.hasOddQuote);
  }

  #balance(text: string, reading: Lexis): Work<Balance> {
    const hasPatterns = this.#isShell || casePatterns.test(text);
    return balanceInTurns(text, { reading, brackets: this.#brackets, hasPatterns, at: this.#span.from });
  }
}

/** Whether no line of `lines`, which take the place of those at `span`, is indented less than all of those, or by tabs where the text has none. */
function keepsIndentation(text: string, span: Span, lines: string): boolean {
  if (hasTabs.test(lines) && !hasTabs.test(text)) return false;
  const before = leastIndent(text.slice(span.from, span.to));
  return !Number.isFinite(before) || leastIndent(lines) >= before;
}

const hasTabs = /^ *\t+ *\S/m;

/** Blanks before the line that has the fewest, infinite if all are blank; comments do not count. */
function leastIndent(lines: string): number {
  const indents = [...lines.matchAll(/^([ \t]*)(?!#|--)[^\s]/gm)].map(([, indent]) => indent!.length);
  return indents.reduce((least, indent) => Math.min(least, indent), Number.POSITIVE_INFINITY);
}
