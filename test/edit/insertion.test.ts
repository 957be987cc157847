// New code for an empty scope: its lines as they come, in the indentation of the place.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InsertionPlace } from '../../server/edit/engine.ts';
import { checked } from '../text/property.ts';
import { cuts, errorsIn, randomEdit } from './edits.ts';
import { stream } from './stream.ts';

const insert = (answer: string, indent = '', neighbours: readonly string[] = [], more: Partial<InsertionPlace> = {}) =>
  stream({ base: '', answer, place: { indent, neighbours, ...more } });

const textOf = (answer: string, indent = '') => {
  const { finish, text } = insert(answer, indent);
  expect(finish.kind).toBe('edited');
  return text;
};

describe('new code', () => {
  it.each([
    ['flush left', 'def a():\n  b\n\nc', '    ', '    def a():\n      b\n\n    c'],
    ['in its place', '    def a():\n      b', '    ', '    def a():\n      b'],
    ['further in', '      a\n        b\n      c', '  ', '  a\n    b\n  c'],
    ['with tabs', '\ta {\n\t\tb\n\t}', '', 'a {\n\tb\n}'],
    ['further out than its first line', '  a\nb', '    ', '    a\n    b'],
  ])('comes in the indentation of the place: %s', (_, answer, indent, expected) =>
    expect(textOf(answer, indent)).toBe(expected),
  );

  it.each([
    ['a body', 'a() {\n    b;\n  }', '  a() {\n    b;\n  }'],
    ['a decorator', '@a\n  def b():\n    c', '  @a\n  def b():\n    c'],
    ['a comment', '/**\n   * a\n   */\n  b', '  /**\n   * a\n   */\n  b'],
    ['but for what goes on in the next line', 'a =\n    b;\nc', '  a =\n      b;\n  c'],
  ])('may have been in its place already but for its first line: %s', (_, answer, expected) =>
    expect(textOf(answer, '  ')).toBe(expected),
  );

  it.each([
    ['tabs for spaces', 'a {\n\tb {\n\t\tc\n\t}\n}', '  ', '  a {\n    b {\n      c\n    }\n  }'],
    ['spaces for tabs', 'a {\n  b {\n     c\n  }\n}', '\t', '\ta {\n\t\tb {\n\t\t\t c\n\t\t}\n\t}'],
    ['no tabs in a comment', '/**\n * a\n */', '\t', '\t/**\n\t * a\n\t */'],
  ])('is indented like the document: %s', (_, answer, unit, expected) =>
    expect(insert(answer, unit, [], { unit }).text).toBe(expected),
  );

  it.each([
    ['a template', 'a(`\n x \n\n  \n`);\nb', '  a(`\n x \n\n  \n`);\n  b'],
    ['a template in its place', '  a(`\nx\n`);\n  b', '  a(`\nx\n`);\n  b'],
    ['a string of Python', "a = '''\nx'''\nb", "  a = '''\nx'''\n  b"],
    ['a raw string of Rust', 'a(r#"\n"x"\n"#)\nb', '  a(r#"\n"x"\n"#)\n  b'],
    ['but a docstring', '"""A\n\nx\n"""\nb', '  """A\n\n  x\n  """\n  b'],
    ['but what is behind one in the same line', 'a(`x`, "`", \'`\');\nb', '  a(`x`, "`", \'`\');\n  b'],
    [
      'but what is behind a comment',
      "a; // don't `\n/* a\n * `\n */\nb",
      "  a; // don't `\n  /* a\n   * `\n   */\n  b",
    ],
  ])('leaves alone what is in a literal: %s', (_, answer, expected) => expect(textOf(answer, '  ')).toBe(expected));

  it('stays in a block that it continues', () => {
    const deeper = ['        ', '    '];
    expect(insert('    def a():\n        b', '', [], { deeper }).text).toBe('    def a():\n        b');
    expect(insert('  def a():\n      b', '', [], { deeper }).text).toBe('def a():\n    b');
  });

  it('has no blank lines around it, and no white space in blank lines', () => {
    expect(textOf('\n  \na\n  \n\nb\n \n\n')).toBe('a\n\n\nb');
  });

  it('is released line by line, all but the last', () => {
    const { steps } = insert('aaaa\nbbbb\ncccc');
    const released = steps.map(({ hunks }) => hunks.flatMap(({ edits }) => edits.map((edit) => edit.insert)).join(''));
    expect(released.filter((text) => text !== '')).toEqual(['aaaa\n']);
    expect(insert('aaaa\nbbbb\ncccc\n').steps.some(({ hunks }) => hunks.length > 0)).toBe(true);
  });

  it('comes with its line breaks in front where the place ends with its line', () => {
    const { steps, finish, text } = insert('aa\n\n  bb\ncc', '', [], { endsLine: true });
    const released = steps.flatMap(({ hunks }) => hunks.flatMap(({ edits }) => edits.map((edit) => edit.insert)));
    expect([released.join(''), text, finish.kind]).toEqual(['aa\n\n  bb', 'aa\n\n  bb\ncc', 'edited']);
  });

  it.each([
    ['all of it', 'f {\n  x\n}', true],
    ['all of it, indented and with other code around it', 'a\n\n  f {\n\n    x\n  }\nb', true],
    ['a part of it', 'f {\n  x\n', false],
    ['another one', 'g {\n  x\n}', false],
    ['a single line', 'one', false],
  ])('must not repeat what stands beside it: %s', (_, answer, isRejected) => {
    const { finish } = insert(answer, '', ['f {\n  x\n}', 'one']);
    if (isRejected) expect(finish).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('repeats') });
    else expect(finish.kind).toBe('edited');
  });

  it.each(['', '\n\n', '  \n'])('must be there: %j', (answer) =>
    expect(insert(answer).finish).toEqual({ kind: 'rejected', reason: 'the answer is empty' }),
  );

  it('may be none, or a refusal', () => {
    expect(insert('<no-change/>').finish).toEqual({ kind: 'unchanged', imports: [] });
    expect(insert('<refuse>no</refuse>').finish).toEqual({ kind: 'refused', reason: 'no' });
  });
});

it('is exact and sound at every state, for any chunks and line ends', () => {
  const eol = fc.constantFrom('\n' as const, '\r\n' as const);
  checked(
    fc.property(randomEdit, cuts, eol, eol, ({ target }, cuts, eol, answerEol) => {
      fc.pre(target[0]!.trim() !== '' && target.at(-1)!.trim() !== '');
      const answer = target.join(answerEol);
      const parses = (text: string) => errorsIn(text) === 0;
      const whole = { base: '', answer, eol, place: { indent: target[0]!.match(/^\s*/)![0], neighbours: [] }, parses };
      const { finish, text, states } = stream({ ...whole, cuts });
      for (const state of states) expect(parses(state)).toBe(true);
      expect(finish.kind).toBe(parses(answer) ? 'edited' : 'rejected');
      if (finish.kind === 'edited') expect(text).toBe(stream({ ...whole, cuts: [answer.length] }).text);
      const kept = target.every((line) => line.trim() === '' || line.startsWith(whole.place.indent));
      if (finish.kind === 'edited' && kept)
        expect(text).toBe(target.map((line) => (line.trim() === '' ? '' : line)).join(eol));
    }),
    1 / 12,
  );
});
