// Keeps new code apart from what stands around it: an engine whose first hunk begins, and whose last one ends, in line breaks that the model need not write.

import type { Hunk, SteppedEngine } from '../edit/engine.ts';

export interface PaddingOptions {
  /** Line breaks, as the document has them. */
  readonly before: string;
  readonly after: string;
  /** The length of the engine's base, in UTF-16 units: where the last of its hunks may end. */
  readonly end: number;
}

export function engineWithPadding(inner: SteppedEngine, { before, after, end }: PaddingOptions): SteppedEngine {
  let hasBegun = false;
  const outer = (hunks: readonly Hunk[]): readonly Hunk[] => {
    if (hunks.length === 0 || hasBegun) return hunks;
    hasBegun = true;
    return joined([...at(0, before), ...hunks]);
  };
  return {
    get held() {
      return inner.held;
    },
    get heldLines() {
      return inner.heldLines;
    },
    get isThinking() {
      return inner.isThinking;
    },
    get putRight() {
      return inner.putRight;
    },
    *push(chunk) {
      const step = yield* inner.push(chunk);
      return { ...step, hunks: outer(step.hunks) };
    },
    *finish() {
      const finish = yield* inner.finish();
      if (finish.kind !== 'edited') return finish;
      return { ...finish, hunks: joined([...outer(finish.hunks), ...at(end, after)]) };
    },
  };
}

const at = (offset: number, insert: string): Hunk[] =>
  insert === '' ? [] : [{ edits: [{ from: offset, to: offset, insert }] }];

/** As one hunk: a padding without its code would be of no use. */
function joined(hunks: readonly Hunk[]): Hunk[] {
  return hunks.length === 0 ? [] : [{ edits: hunks.flatMap(({ edits }) => edits) }];
}
