// Levels of indentation, and what shares them: new code in an empty place, and the replacement of a SEARCH block.

import { describe, expect, it } from 'vitest';
import { convertIndent, levelOfCode, opensLevel } from '../../server/answer/indentation/indentation-units.ts';
import { PlaceIndent } from '../../server/edit/place-indent.ts';
import { createReindent } from '../../server/edit/reindent.ts';

it.each([
  ['    ', '  ', '        ', '    '],
  ['  ', '\t', '     ', '\t\t '],
  ['\t', '  ', '\t\t ', '     '],
  ['    ', '  ', '\t    ', '    '],
  ['  ', '  ', '\t ', '\t '],
])('white space in levels of %j is converted to %j', (from, to, indent, wanted) =>
  expect(convertIndent(indent, from, to)).toBe(wanted),
);

it.each([
  ['if (a) {', 'block'],
  ['if (a) { // so', 'block'],
  ['def a(b):', 'block'],
  ['a.each do |b|', 'block'],
  ['local function a(b)', 'block'],
  ['function a(b,', undefined],
  ['call(', 'bracket'],
  ['a = [', 'bracket'],
  ['<ul class="a">', 'bracket'],
  ['<br>', undefined],
  ['<a>b</a>', undefined],
  ['</ul>', undefined],
  ['a = function(b, c)', 'block'],
  ['# says: {', undefined],
  ['#priv(', 'bracket'],
  ['go();', undefined],
])('opens a level: %s', (line, wanted) => expect(opensLevel(line)).toBe(wanted));

it('is taken from blocks first', () => {
  expect(levelOfCode(['def a(', '        b):', '    c'])).toEqual({ any: '        ' });
  expect(levelOfCode(['def a(', '        b):', '    if c:', '      d'])).toEqual({ block: '  ', any: '        ' });
  expect(levelOfCode(['a', 'b', ' * c'])).toEqual({});
});

describe('new code in an empty place', () => {
  const placed = (answer: string, unit: string) => {
    const indent = new PlaceIndent({ indent: '', neighbours: [], unit });
    return answer
      .split('\n')
      .map((line) => indent.shifted(line))
      .join('\n');
  };
  it.each([
    ['four blanks for two', '  ', 'a {\n    b {\n        c\n    }\n}', 'a {\n  b {\n    c\n  }\n}'],
    ['two blanks for four', '    ', 'a {\n  b {\n    c\n  }\n}', 'a {\n    b {\n        c\n    }\n}'],
    ['but for a list that goes on far in', '    ', 'def a(\n        b):\n    c', 'def a(\n        b):\n    c'],
  ])('comes in the unit of the document: %s', (_, unit, answer, wanted) => expect(placed(answer, unit)).toBe(wanted));
});

describe('the replacement of a SEARCH block', () => {
  const pairs = (search: string, base: string) => {
    const lines = base.split('\n');
    return search.split('\n').map((line, i) => ({ search: line, base: lines[i]! }));
  };
  it.each([
    ['four blanks for two', 'a {\n    b', 'a {\n  b', '        c', '    c'],
    ['two blanks for four', 'a {\n  b', 'a {\n    b', '    c', '        c'],
    ['tabs for two', 'a {\n\tb', 'a {\n  b', '\t\tc', '    c'],
    ['blanks for tabs', 'a {\n  b', 'a {\n\tb', '    c', '\t\tc'],
    ['no other unit, but moved', 'a {\n  b', '    a {\n      b', '    c', '        c'],
  ])('comes in the unit of the base: %s', (_, search, base, line, wanted) =>
    expect(createReindent(pairs(search, base))(line)).toBe(wanted),
  );
});
