// Where new code goes: how far it is kept apart from what stands around it, and how it is indented.

import { describe, expect, it } from 'vitest';
import { createSnapshot } from '../../server/documents/snapshot.ts';
import { insertionPlace, paddingAround } from '../../server/session/insertion-place.ts';

/** The span is between the marks, or at the one mark. */
function parse(marked: string) {
  const from = marked.indexOf('|');
  const to = Math.max(from, marked.lastIndexOf('|') - 1);
  return { text: marked.replaceAll('|', ''), span: { from, to } };
}

describe('the padding', () => {
  it.each([
    ['a\n|\nb', 1, 1],
    ['a\r\n|\r\nb', 1, 1],
    ['a\n\n|\nb', 0, 1],
    ['a\n\n|\n\nb', 0, 0],
    ['a\n|\n\n\nb', 1, 0],
    ['a\n\n|  \n\nb', 0, 1],
    ['|\nb', 0, 1],
    ['|\n\nb', 0, 0],
    ['a\n|', 1, 1],
    ['a\n\n|', 0, 1],
    ['a\n\n|\n', 0, 0],
    ['a\n|typed\nb', 1, 2],
    ['a\ntyped|\nb', 2, 1],
  ])('of %j is %i and %i', (marked, before, after) => {
    const { text, span } = parse(marked);
    expect(paddingAround(text, span)).toEqual({ before, after });
  });

  it.each([
    ['a\n|\nnew|\nb', 1],
    ['a\n|\nnew\n|\nb', 0],
    ['a\n|\nnew|\n\nb', 0],
    ['a\n|\nnew|', 1],
    ['a\n|\nnew\n|', 0],
    ['a\n|\n|\nb', 0],
  ])('of code that is there already, %j: behind it %i', (marked, after) => {
    const { text, span } = parse(marked);
    expect(paddingAround(text, span)).toEqual({ before: 0, after });
  });
});

describe('the indentation', () => {
  it.each([
    ['that of the next line', 'class A {\n    one() {}\n|\n    two() {}\n}', '    '],
    ['at the end of a class that of its members', 'class A {\n  one() {\n    x;\n  }\n|\n}', '  '],
    ['not that of their inner lines', 'class A {\n  one =\n    x;\n|\n}', '  '],
    ['in an empty block one level more, as in the file', 'if (x) {\n\ty;\n}\nclass A {\n|\n}', '\t'],
    ['not that of a comment above', '/*\n * licence\n */\nclass A {\n|\n}', '  '],
    ['two spaces where nothing is indented', 'class A {\n|\n}', '  '],
    ['none at the end of the file', 'class A:\n    x = 1\n|', ''],
    ['none at the top', 'def one():\n    pass\n|\ndef two():\n    pass', ''],
    ['before the end of a Ruby class', 'class A\n  def one\n    1\n  end\n|\nend', '  '],
  ])('is %s', (_, marked, expected) => {
    const { text, span } = parse(marked);
    const snapshot = createSnapshot('file:///a', 1, 'plaintext', text);
    expect(insertionPlace(undefined, snapshot, span)).toMatchObject({ indent: expected, neighbours: [] });
  });

  it.each([
    ['the blocks that end above', 'class A:\n    def one(self):\n        return 1\n|\nx = 1', ['        ', '    ']],
    ['none where they are closed', 'class A {\n  x;\n}\n|\nb;', []],
  ])('may be deeper: %s', (_, marked, expected) => {
    const { text, span } = parse(marked);
    expect(insertionPlace(undefined, createSnapshot('file:///a', 1, 'plaintext', text), span).deeper).toEqual(expected);
  });
});
