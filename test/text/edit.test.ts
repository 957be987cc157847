// Whether edits lead from one text to another, and the spans of what they insert.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit, editsLeadTo, insertedSpans } from '../../server/text/edit.ts';
import { checked } from './property.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 4 });
/** Sorted edits of a text, with what stays between them. */
const cases = fc
  .array(fc.record({ kept: word, taken: word, insert: word }), { maxLength: 4 })
  .chain((parts) => fc.record({ parts: fc.constant(parts), rest: word, other: word }))
  .map(({ parts, rest, other }) => {
    let text = '';
    const edits: Edit[] = parts.map(({ kept, taken, insert }) => {
      const from = text.length + kept.length;
      text += kept + taken;
      return { from, to: from + taken.length, insert };
    });
    return { text: text + rest, edits, other };
  });

describe('edits', () => {
  it('lead to the text that they make, and to no other', () => {
    checked(
      fc.property(cases, ({ text, edits, other }) => {
        const made = applyEdits(text, edits);
        expect(editsLeadTo(text, edits, made)).toBe(true);
        for (const next of [other, text, made + other, made.replace('a', 'b'), made.split('').reverse().join('')])
          expect(editsLeadTo(text, edits, next)).toBe(next === made);
      }),
      0.2,
    );
  });

  it('bring what stands where they say', () => {
    checked(
      fc.property(cases, ({ text, edits }) => {
        const made = applyEdits(text, edits);
        expect(insertedSpans(edits).map(({ from, to }) => made.slice(from, to))).toEqual(
          edits.map(({ insert }) => insert),
        );
      }),
      0.2,
    );
  });
});
