// The parse check of one edit: would the document, with its scope replaced, have no more error nodes and other faults than it has? Where it has error nodes already
// (the grammar does not know all of the language, or the code is being written), their number says little: what is wrong in the scope may merge with what is around
// it. There the brackets and quotes have to go together, too.

import type { Span } from '../text/span.ts';
import { runToEnd, type Work } from '../turns.ts';
import { countErrorNodesInTurns } from './error-nodes.ts';
import { countFaults } from './faults.ts';
import type { Grammar } from './grammar.ts';
import { createLayoutCheck } from './layout/layout-check.ts';
import { ParsedText } from './parsed-text.ts';
import { problemByTree } from './problems/tree-problem.ts';
import type { ParseCheck, Problem } from './scopes.ts';

export interface ParseCheckOptions {
  readonly grammar: Grammar;
  readonly text: string;
  /** The scope: what is replaced, in UTF-16 offsets of `text`. */
  readonly span: Span;
  /** The tree of `text`, owned by the check from now on; absent: parsed when it is first needed. */
  readonly base?: ParsedText | undefined;
}

/** UTF-16 units of the text, and of the document, in which the reason is looked for: it is parsed to its end in one turn, with all its errors. */
const maxExplained = { text: 40_000, whole: 200_000 };

/** Each text is parsed incrementally from the last one that passed: the hunks of an edit add up, so that one is nearest as a rule. */
export function createParseCheck({ grammar, text: whole, span, base }: ParseCheckOptions): ParseCheck {
  const before = whole.slice(0, span.from);
  const after = whole.slice(span.to);
  const unchanged = { start: before.length, end: after.length };
  let last = base;
  /** For a text that has error nodes. */
  let layout: ParseCheck | undefined;
  /** A text with fewer error nodes may have that many more faults, as code that was broken has where it is half mended; never the other way round. */
  let allowed: { readonly errorNodes: number; readonly faults: number } | undefined;
  function* parsesInTurns(text: string): Work<boolean> {
    last ??= yield* ParsedText.parseInTurns(grammar, whole);
    allowed ??= { errorNodes: yield* countErrorNodesInTurns(last.tree), faults: countFaults(last, span) };
    const isSoundOnly = allowed.errorNodes === 0;
    if (!isSoundOnly) {
      layout ??= createLayoutCheck({ languageId: grammar.manifest.languageIds[0]!, text: whole, span });
      if (!(yield* layout.parsesInTurns(text))) return false;
    }
    const next = yield* last.reparseInTurns(before + text + after, { isSoundOnly, unchanged });
    if (!next) return false;
    let isSound = false;
    try {
      const fewer = allowed.errorNodes - (yield* countErrorNodesInTurns(next.tree, allowed.errorNodes + 1));
      const replaced = { from: span.from, to: span.from + text.length };
      isSound = fewer >= 0 && countFaults(next, replaced) <= allowed.faults + fewer;
    } finally {
      (isSound ? last : next).dispose();
      if (isSound) last = next;
    }
    return isSound;
  }
  function problemIn(text: string): Problem | undefined {
    const longest = Math.max(text.length, span.to - span.from);
    if (longest > maxExplained.text || before.length + longest + after.length > maxExplained.whole) return undefined;
    last ??= new ParsedText(grammar, whole);
    const base = last.reparse(whole);
    const next = base.reparse(before + text + after);
    try {
      const replaced = { from: span.from, to: span.from + text.length };
      return problemByTree({ parsed: next, span: replaced }, { parsed: base, span }) ?? layout?.problemIn(text);
    } finally {
      next.dispose();
      base.dispose();
    }
  }
  return {
    basis: 'tree',
    parsesInTurns,
    parses: (text) => runToEnd(parsesInTurns(text)),
    problemIn,
    dispose: () => last?.dispose(),
  };
}

/** The same check with errors reported to `onBroken`, because tree-sitter may break down: the call throws all the same, but `problemIn` and `dispose` do not. */
export function reportingBreakdown(check: ParseCheck, onBroken: (error: unknown) => void): ParseCheck {
  const report = (error: unknown): never => {
    onBroken(error);
    throw error;
  };
  return {
    basis: check.basis,
    *parsesInTurns(text) {
      try {
        return yield* check.parsesInTurns(text);
      } catch (error) {
        return report(error);
      }
    },
    parses(text) {
      try {
        return check.parses(text);
      } catch (error) {
        return report(error);
      }
    },
    problemIn(text) {
      try {
        return check.problemIn(text);
      } catch (error) {
        onBroken(error);
        return undefined;
      }
    },
    dispose() {
      try {
        check.dispose();
      } catch (error) {
        onBroken(error);
      }
    },
  };
}
