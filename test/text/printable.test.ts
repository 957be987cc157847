// Text from outside made printable: nothing invisible, nothing that a terminal obeys, nothing endless.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findInvisible } from '../../server/text/invisible.ts';
import { printable, printableJson, printableLine } from '../../server/text/printable.ts';

it.each([
  ['\u001b[2J', '\\u{1B}[2J'],
  ['\u001b]0;title\u0007', '\\u{1B}]0;title\\u{7}'],
  ['\u009b31m', '\\u{9B}31m'],
  ['a\u202eb\u2066c', 'a\\u{202E}b\\u{2066}c'],
  ['zero\u200bwidth\ufeff', 'zero\\u{200B}width\\u{FEFF}'],
  ['\u{e0041}', '\\u{E0041}'],
  ['\ud800', '\\u{D800}'],
  ['over\rwritten', 'over\\u{D}written'],
  ['page\fbreak', 'page\\u{C}break'],
  ['two\r\nlines\tand a tab', 'two\r\nlines\tand a tab'],
  ['👩\u200d💻 ☎\ufe0f', '👩\u200d💻 ☎\ufe0f'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['a\u200cb', 'a\\u{200C}b'],
])('%j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

it('is cut, and in one line where it is to be one', () => {
  expect(printable('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxx…');
  expect(printable('ab😀cd', 4)).toBe('ab…');
  expect(printableLine(' a\n\n b\t\tc ')).toBe('a b c');
  expect(printableLine(`${' '.repeat(1_000_000)}a`, 10).length).toBeLessThanOrEqual(10);
});

it('as JSON it parses to the same value', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  const special = fc.constantFrom('\u001b', '\u009b', '\u202e', '\u{e0041}', '\u007f', '\u2028', '\ud800');
  fc.assert(
    fc.property(fc.array(fc.oneof(text, special)), (parts) => {
      const value = { text: parts.join('') };
      const json = printableJson(value);
      expect(JSON.parse(json)).toEqual(value);
      expect(findInvisible(json).filter(({ character }) => !/[\u200c\u200d]/.test(character))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
