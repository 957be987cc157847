// Frees the tree of a long text in parts: freeing that of a megabyte takes twelve milliseconds in one call that can't be interrupted.

import type { Work } from '../turns.ts';
import type { ParsedText } from './parsed-text.ts';

/** UTF-16 units of text for one part: some 15 ms for comparing, parsing what is left incrementally, and freeing the nodes that are no longer needed. */
const partUnits = 150_000;

/** Owns `parsed` from now on. Each part is freed by parsing a shorter text incrementally, whose tree shares the nodes that it needs, and disposing of the longer one. */
export function* freeTreeInParts(parsed: ParsedText): Work<void> {
  let last = parsed;
  try {
    while (last.text.length > partUnits) {
      const rest = last.text.slice(0, last.text.lastIndexOf('\n', last.text.length - partUnits) + 1);
      const next = yield* last.reparseInTurns(rest);
      last.dispose();
      last = next!;
      yield;
    }
  } finally {
    last.dispose();
  }
}
