// The parse gate of one edit: would the base, with its scope replaced, parse no worse than it does?

import type { Span } from '../text/span.ts';
import { doAtOnce, type Work } from '../turns.ts';
import { countFaultsInTurns } from './faults.ts';
import type { Grammar } from './grammar.ts';
import { Parsed } from './parsed.ts';
import type { Gate } from './scopes.ts';

export interface GateOptions {
  readonly grammar: Grammar;
  readonly text: string;
  /** What is replaced, in offsets of `text`. */
  readonly span: Span;
  /** Its tree, which is taken over; absent: made when it is first needed. */
  readonly base?: Parsed | undefined;
}

/** Each text is parsed from the last one that passed, which is the nearest as a rule: hunks only add up. */
export function createGate({ grammar, text: whole, span, base }: GateOptions): Gate {
  const before = whole.slice(0, span.from);
  const after = whole.slice(span.to);
  const same = { start: before.length, end: after.length };
  let last = base;
  let allowed: number | undefined;
  function* judge(text: string): Work<boolean> {
    last ??= yield* Parsed.inTurns(grammar, whole);
    allowed ??= yield* countFaultsInTurns(last.tree);
    const next = yield* last.withInTurns(before + text + after, { isSoundOnly: allowed === 0, same });
    if (!next) return false;
    let isSound = false;
    try {
      isSound = (yield* countFaultsInTurns(next.tree, allowed + 1)) <= allowed;
    } finally {
      (isSound ? last : next).dispose();
      if (isSound) last = next;
    }
    return isSound;
  }
  return {
    judge,
    parses: (text) => doAtOnce(judge(text)),
    dispose: () => last?.dispose(),
  };
}

/** The same for a tree-sitter that may break down: `onBroken` is told, the question has no answer, and nothing is left to be freed. */
export function contained(gate: Gate, onBroken: (error: unknown) => void): Gate {
  const told = (error: unknown): never => {
    onBroken(error);
    throw error;
  };
  return {
    *judge(text) {
      try {
        return yield* gate.judge(text);
      } catch (error) {
        return told(error);
      }
    },
    parses(text) {
      try {
        return gate.parses(text);
      } catch (error) {
        return told(error);
      }
    },
    dispose() {
      try {
        gate.dispose();
      } catch (error) {
        onBroken(error);
      }
    },
  };
}
