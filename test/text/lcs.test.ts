// LcsText: the same length of the longest common subsequence as the textbook table.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LcsText } from '../../server/text/lcs.ts';
import { checked } from './property.ts';

function byTable(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (let i = 0; i < a.length; i++) {
    const next = [0];
    for (let j = 0; j < b.length; j++) next.push(a[i] === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    row = next;
  }
  return row[b.length]!;
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é', '😀'), maxLength: 100 });

it('counts what two texts have in common', () => {
  checked(
    fc.property(text, text, (a, b) => {
      expect(new LcsText(a).lcsLength(b)).toBe(byTable(a, b));
    }),
    0.2,
  );
});

it('is 1 for equal texts and 0 for texts without a common unit', () => {
  expect(new LcsText('const a').similarity('const a')).toBe(1);
  expect(new LcsText('').similarity('')).toBe(1);
  expect(new LcsText('abc').similarity('xyz')).toBe(0);
});
