// An expression was asked for, and its whole line answered.

import { describe, expect, it } from 'vitest';
import { InlineScope } from '../../server/answer/inline-scope.ts';
import { around, through } from './stage.ts';

/** `document` with « » around the scope. */
const read = (document: string, answer: string) => {
  const [before, base, after] = document.split(/[«»]/) as [string, string, string];
  return through(new InlineScope({ base, surroundings: around({ before, after }) }), answer);
};

describe('the line around a scope is cut off', () => {
  it.each([
    ['  return «a + 1»;\n', '  return a + 2;', 'a + 2'],
    ['  return «a + 1»;\n', 'return a + 2', 'a + 2'],
    ['  return «a + 1»;\n', 'a + 2;', 'a + 2'],
    ['  return «a + 1»', '\treturn  a + 2', 'a + 2'],
    ['    if «a > 1» {\n', 'if a > 2 {', 'a > 2'],
    ['    if «a > 1» {\n', 'if a > 2', 'a > 2'],
    ['if «a»:\n', 'if a and b:', 'a and b'],
    ['  return «a»  # so\n', 'return b  # so', 'b'],
    ['  return «a»; // so\n', '  return b;', 'b'],
    ['const x = wrap(«load(1)», { strict: true });', 'const x = wrap(load(2), { strict: true });', 'load(2)'],
    ['const x = wrap(«a»);', 'const x = wrap(b)', 'b'],
    ['const x =«a»;', 'const x = b;', 'b'],
    ['x(«a»);', 'b);', 'b'],
    ['function f(a) {\n  return «a + 1»;\n}\n\ng();', 'function f(a) {\n  return a + 2;\n}', 'a + 2'],
    ['function f(a) {\n  return «a + 1»;\n}\n', 'function f(a) {\n  return a + 2;', 'a + 2'],
    ['  a: «1»,\n', 'a: 2,', '2'],
    ['  rate: «1»,\n', 'rate: 2,', '2'],
    ['go(«{\n  a,\n}»);\n', 'go({\n  a,\n  b,\n});', '{\n  a,\n  b,\n}'],
    ['const f = «() => {\n  a;\n}»;', 'const f = () => {\n  b;\n};', '() => {\n  b;\n}'],
    ['const f = «() => {\n  a;\n}»;', '() => {\n  b;\n};', '() => {\n  b;\n}'],
  ])('%j, answered %j', (document, answer, wanted) =>
    expect(read(document, answer)).toMatchObject({
      text: wanted,
      putRight: wanted === answer ? [] : ['the line around the selection'],
    }),
  );
});

describe('an answer is left alone', () => {
  it.each([
    ['that is the expression', '  return «a + 1»;', 'a + 2'],
    ['that only begins like the line', '  return «a»;', 'returned + 1'],
    ['for a scope that begins like its line', 'go(«go(a)»);', 'go(b)'],
    ['that ends in a bracket of its own', 'go(«a»)', '(a) + (b)'],
    ['with brackets of its own', '(«a»)', '(b)'],
    ['that begins like a line above and goes another way', 'a(b);\nc(«d»);', 'a(b);\ne;'],
    ['that would be empty', '  return «a»;', 'return;'],
    ['that would be cut inside its brackets', 'go(«a»)', 'go(a) + go(b)'],
    ['with a string that looks alike', 'a = «b»;', '";"'],
    ['for whole lines', 'x\n«a;\nb;»\ny', 'x\nc;'],
    ['in several lines', '  return «a»;', 'b(\n  c,\n)'],
  ])('%s', (_, document, answer) => expect(read(document, answer)).toMatchObject({ text: answer, putRight: [] }));
});

it('passes at once what neither begins nor ends like its line', () => {
  const document = "it('a', «() => {\n  a();\n}»);";
  expect(read(document, '() => {\n  a;\n  b() ;\n  c;\n}\n')).toMatchObject({ out: [1, 2, 2, 4, 5, 6] });
  expect(read(document, "it('a', () => {\n  b;\n});")).toMatchObject({ out: [0, 0, 0], text: '() => {\n  b;\n}' });
  expect(read(document, '() => {\n  a;\n  b();\n\n  c;\n});')).toMatchObject({
    out: [1, 2, 2, 2, 5, 5],
    text: '() => {\n  a;\n  b();\n\n  c;\n}',
  });
});

it('is in no way where the scope is made of whole lines', () => {
  const stage = new InlineScope({ base: 'a', surroundings: around({ before: 'b\n', after: '\nc' }) });
  expect(stage.isPlain).toBe(true);
  expect(stage.push('x').lines).toEqual(['x']);
});
