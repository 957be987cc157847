// Frees the tree of a long text in parts: that of a megabyte takes twelve milliseconds in one call that nothing interrupts.

import type { Work } from '../turns.ts';
import type { Parsed } from './parsed.ts';

/** So much of a text goes with one part. UTF-16 units; some 15 ms: what is taken out is gone through, what is left is parsed, and its nodes are freed. */
export const PART_UNITS = 150_000;

/** Takes over `parsed`. Each part is freed by making the tree of a shorter text, which shares the nodes of its own and no others. */
export function* freeInParts(parsed: Parsed): Work<void> {
  let last = parsed;
  try {
    while (last.text.length > PART_UNITS) {
      const rest = last.text.slice(0, last.text.lastIndexOf('\n', last.text.length - PART_UNITS) + 1);
      const next = yield* last.withInTurns(rest);
      last.dispose();
      last = next!;
      yield;
    }
  } finally {
    last.dispose();
  }
}
