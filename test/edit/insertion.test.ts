// New code for an empty scope: its lines as they come, in the indentation of the place.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checked } from '../text/property.ts';
import { cuts, errorsIn, randomEdit } from './edits.ts';
import { stream } from './stream.ts';

const insert = (answer: string, indent = '', neighbours: readonly string[] = []) =>
  stream({ base: '', answer, place: { indent, neighbours } });

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

  it('has no blank lines around it, and no white space in blank lines', () => {
    expect(textOf('\n  \na\n  \n\nb\n \n\n')).toBe('a\n\n\nb');
  });

  it('is released line by line, all but the last', () => {
    const { steps } = insert('aaaa\nbbbb\ncccc');
    const released = steps.map(({ hunks }) => hunks.flatMap(({ edits }) => edits.map((edit) => edit.insert)).join(''));
    expect(released.filter((text) => text !== '')).toEqual(['aaaa\n']);
    expect(insert('aaaa\nbbbb\ncccc\n').steps.some(({ hunks }) => hunks.length > 0)).toBe(true);
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
