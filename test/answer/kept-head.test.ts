// What stands in front of a declaration, and was dropped unasked, is kept.

import { describe, expect, it } from 'vitest';
import { KeptHead } from '../../server/answer/head/kept-head.ts';
import { around, through } from './stage.ts';

const read = (base: string, answer: string, instruction = 'double it', languageId = '') =>
  through(new KeptHead({ base, surroundings: around({ instruction, languageId }) }), answer);

const ts = '/** The sum.\n * In cents. */\nexport function total(a: number) {\n  return a;\n}';
const py =
  '    @app.route(\n        "/x",\n    )\n    @cached\n    def total(self):\n        """Sums up."""\n\n        return 1';
const rust = '/// The sum.\n#[inline]\n#[must_use]\npub(crate) fn total(a: u8) -> u8 {\n    a\n}';
const go = '// Total sums up,\n// in cents.\nfunc Total(a int) int {\n\treturn a\n}';
const java = '  @Override\n  public int total() {\n    return 1;\n  }';

describe('what was dropped in front of a declaration is kept', () => {
  const without = (text: string, ...gone: readonly string[]) =>
    gone.reduce((rest, each) => rest.replace(each, ''), text);
  it.each([
    ['a doc comment', ts, without(ts, '/** The sum.\n * In cents. */\n'), ['the doc comment']],
    ['an export', ts, without(ts, 'export '), ['`export`']],
    ['both', ts, without(ts, '/** The sum.\n * In cents. */\n', 'export '), ['the doc comment', '`export`']],
    [
      'a comment of Lua',
      '--- Trims.\n-- @param a what\nfunction M.b(a)\nend',
      'function M.b(a)\nend',
      ['the doc comment'],
    ],
    ['a default export', 'export default function A() {\n}', 'function A() {\n}', ['`export default`']],
    ['an export of a value', 'export const a = () => {\n  b;\n}', 'const a = () => {\n  b;\n}', ['`export`']],
    ['a decorator', py, without(py, '    @cached\n'), ['the decorator `@cached`']],
    [
      'a decorator of several lines',
      py,
      without(py, '    @app.route(\n        "/x",\n    )\n'),
      ['the decorator `@app.route`'],
    ],
    [
      'all of them',
      py,
      without(py, '    @app.route(\n        "/x",\n    )\n', '    @cached\n'),
      ['the decorator `@app.route`', 'the decorator `@cached`'],
    ],
    ['a docstring', py, without(py, '        """Sums up."""\n\n'), ['the docstring']],
    ['an attribute', rust, without(rust, '#[inline]\n'), ['the attribute `#[inline]`']],
    [
      'all of Rust',
      rust,
      without(rust, '/// The sum.\n#[inline]\n#[must_use]\npub(crate) '),
      ['the doc comment', 'the attribute `#[inline]`', 'the attribute `#[must_use]`', '`pub(crate)`'],
    ],
    ['a comment of Go', go, without(go, '// Total sums up,\n// in cents.\n'), ['the doc comment']],
    ['an annotation', java, without(java, '  @Override\n'), ['the decorator `@Override`']],
    ['a method that is public', java, without(java, 'public '), ['`public`']],
    ['an attribute of C#', '[Fact]\npublic void A() {\n}', 'public void A() {\n}', ['the attribute `[Fact]`']],
  ])('%s', (name, base, answer, putRight) => {
    const languageId = /Go/.test(name) ? 'go' : /C#/.test(name) ? 'csharp' : '';
    expect(read(base, answer, undefined, languageId)).toMatchObject({ text: base, putRight });
  });

  it('with new parameters, a new body and what else is new', () => {
    const answer = '    # new\n    def total(self, a):\n        """Sums all up."""\n        return a';
    expect(read(py, answer).text).toBe(`    @app.route(\n        "/x",\n    )\n    @cached\n${answer}`);
  });
});

it('is kept behind a helper that comes first', () => {
  const helper = '/** Twice. */\nfunction twice(a: number) {\n  return 2 * a;\n}\n\n';
  const { text } = read(ts, `${helper}function total(a: number) {\n  return twice(a);\n}`);
  expect(text).toBe(helper + ts.replace('return a', 'return twice(a)'));
  expect(read(py, `    limit = 1\n\n    def total(self):\n        return 1`).text).toBe(`    limit = 1\n\n${py}`);
});

describe('an answer is left alone', () => {
  it.each([
    ['that is the same', ts, ts],
    ['that declares another name', ts, 'function sum(a: number) {\n  return a;\n}'],
    ['with another comment', ts, '// the sum\nexport function total(a: number) {\n  return a;\n}'],
    ['with another access', 'private total() {\n}', 'protected total() {\n}'],
    ['with other arguments of a decorator', '@a(1)\ndef b():\n    c', '@a(2)\ndef b():\n    c'],
    ['with another decorator', '@a\ndef b():\n    c', '@d\ndef b():\n    c'],
    ['that drops what is still to be done', '/** TODO: a */\nfunction b() {\n}', 'function b() {\n}'],
    ['that drops a remark', '// so\nfunction b() {\n}', 'function b() {\n}'],
    ['that drops a comment further up', '/** all */\n\nfunction b() {\n}', 'function b() {\n}'],
    ['without a declaration', '/** a */\nb();', 'c();'],
    ['that is a comment only', ts, '/* no */'],
    ['with another docstring', py, py.replace('Sums up', 'Says')],
    ['with a body in its line', 'def a():\n    """Says."""\n    b', 'def a(): return 1'],
  ])('%s', (_, base, answer) => expect(read(base, answer)).toMatchObject({ text: answer, putRight: [] }));

  it.each([
    ['remove the comment', '/** a */\nfunction b() {\n}', 'function b() {\n}'],
    ['entferne den Kommentar', '/** a */\nfunction b() {\n}', 'function b() {\n}'],
    ['删除注释', '/** a */\nfunction b() {\n}', 'function b() {\n}'],
    ['drop the docstring', 'def a():\n    """Says."""\n    b', 'def a():\n    b'],
    ['make it private', 'export function b() {\n}', 'function b() {\n}'],
    ['do not export it', 'export function b() {\n}', 'function b() {\n}'],
    ['narrow the visibility', 'pub(crate) fn b() {\n}', 'fn b() {\n}'],
    ['no decorators', '@a\ndef b():\n    c', 'def b():\n    c'],
    ['stop caching', '@lru_cached\ndef b():\n    c', 'def b():\n    c'],
    ['turn it into a method', '@property\ndef b(self):\n    c', 'def b(self):\n    c'],
    ['remove the timeout', '@timeout(3)\ndef b():\n    c', 'def b():\n    c'],
  ])('that was asked to be: %s', (instruction, base, answer) =>
    expect(read(base, answer, instruction)).toMatchObject({ text: answer, putRight: [] }),
  );
});

it('costs one comparison where the first line is the same: it is plain from there on', () => {
  const stage = new KeptHead({ base: java.slice(java.indexOf('public')), surroundings: around({}) });
  stage.push('public int total() {');
  expect(stage.isPlain).toBe(true);
});

it('streams a head that is the same', () => {
  expect(read(rust, rust).out).toEqual(rust.split('\n').map((_, i) => i + 1));
});

it('does not keep an export where the answer exports in another place', () => {
  const answer = 'function A() {\n}\n\nexport default memo(A);';
  expect(read('export default function A() {\n}', answer).rejected).toBe(
    'the answer exports in another place: export default memo(A);',
  );
});
