// Random texts over few letters, so that much in them is alike, and random edits of them.

import fc from 'fast-check';
import type { Edit } from '../../server/text/edit.ts';

export const texts = (maxLength = 24) => fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength });

/** Sorted edits of a text that do not overlap, within `from`..`to`, each of which changes something. */
export function editsOf(text: string, { from = 0, to = text.length, max = 3 } = {}): fc.Arbitrary<Edit[]> {
  const offset = fc.integer({ min: from, max: to });
  const cuts = fc.array(offset, { minLength: 2, maxLength: 2 * max }).map((all) => [...all].sort((a, b) => a - b));
  return fc.tuple(cuts, fc.array(texts(4), { minLength: max, maxLength: max })).map(([places, inserts]) =>
    inserts
      .slice(0, places.length >> 1)
      .map((insert, i) => ({ from: places[2 * i]!, to: places[2 * i + 1]!, insert }))
      .filter((edit) => text.slice(edit.from, edit.to) !== edit.insert),
  );
}
