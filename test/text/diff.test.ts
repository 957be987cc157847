// diffTexts: exact for every pair of texts, small, and fast on long ones.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffClosely, diffTexts } from '../../server/text/diff.ts';
import { applyEdits, type Edit, sizeOfEdits } from '../../server/text/edit.ts';
import { checked, cpuMs } from './property.ts';

const piece = fc.constantFrom(
  'a',
  'b',
  ' ',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '}',
  'é',
  'e\u0301',
  '😀',
  '\ud83d',
  '\ude00',
  'return x\n',
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

function check(a: string, b: string, diff = diffTexts): Edit[] {
  const edits = diff(a, b);
  expect(applyEdits(a, edits)).toBe(b);
  let before = -1;
  let shift = 0;
  for (const { from, to, insert } of edits) {
    const start = from + shift;
    const cuts =
      insideUnit(a, from) || insideUnit(a, to) || insideUnit(b, start) || insideUnit(b, start + insert.length);
    // `expect` for each of them would take longer than the diff.
    if (from <= before || to - from + insert.length === 0 || cuts) expect.fail(`wrong edits: ${JSON.stringify(edits)}`);
    shift += insert.length - (to - from);
    before = to;
  }
  return edits;
}

function insideUnit(of: string, at: number): boolean {
  return /^(\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(of.slice(Math.max(0, at - 1), at + 1)) && at > 0;
}

describe('diffTexts', () => {
  it('turns any text into any other, with sorted edits apart from each other that cut no CRLF and no surrogate pair', () => {
    checked(fc.property(text, text, (a, b) => void check(a, b)));
  });

  it('by characters alone does so too', () => {
    checked(fc.property(text, text, (a, b) => void check(a, b, diffClosely)));
  });

  it('by characters alone sees what a formatter does to each line, whichever lines are equal', () => {
    const a = 'one {\n  return it;\n  log(it);\n  if (it) {\n}\ntwo {\n  return it;\n}\n';
    const b = 'one { \n  return it; \n  log(it); \n  if (it) { \n} \ntwo { \n  return it;\n} \n';
    expect(sizeOfEdits(diffTexts(a, b))).toBeGreaterThan(12);
    expect(check(a, b, diffClosely).map(({ from, to, insert }) => [to - from, insert])).toEqual(
      Array(7).fill([0, ' ']),
    );
  });

  it('has no edits for equal texts', () => {
    checked(fc.property(text, (a) => void expect(diffTexts(a, a)).toEqual([])));
  });

  it('never touches more than what lies between the common start and end', () => {
    checked(
      fc.property(text, text, text, text, (start, a, b, end) => {
        expect(sizeOfEdits(diffTexts(`${start}\n${a}\n${end}`, `${start}\n${b}\n${end}`))).toBeLessThanOrEqual(
          a.length + b.length + 2,
        );
      }),
    );
  });

  it('keeps two changes apart', () => {
    expect(check('let a = 1\nlet b = 2\nlet c = 3\n', 'let a = 10\nlet b = 2\nlet d = 3\n')).toEqual([
      { from: 9, to: 9, insert: '0' },
      { from: 24, to: 25, insert: 'd' },
    ]);
  });

  it('finds an indentation', () => {
    expect(sizeOfEdits(check('if (x) {\nfoo()\nbar()\n}\n', 'if (x) {\n  foo()\n  bar()\n}\n'))).toBe(4);
  });

  it('turns LF into CRLF line end by line end', () => {
    expect(check('a\nb\n', 'a\r\nb\r\n')).toHaveLength(2);
  });

  it.each([
    ['typing in a long text', (i: number, line: string) => (i === 5000 ? `${line}x` : line)],
    ['two distant changes', (i: number, line: string) => (i === 3 || i === 9990 ? `${line}x` : line)],
    ['every line changed', (_: number, line: string) => line.replace('value', 'other')],
    ['all lines in reverse', (i: number) => `const value${9999 - i} = compute(${9999 - i}, "text")`],
    ['a rewrite', (i: number) => `${'x'.repeat(i % 50)}${i % 7}`],
  ])('is quick on 400 KB: %s', (_, change) => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `const value${i} = compute(${i}, "text")`);
    const changed = lines.map((line, i) => change(i, line));
    expect(cpuMs(() => check(lines.join('\n'), changed.join('\n')))).toBeLessThan(4000);
  });
});
