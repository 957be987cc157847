// What a grammar takes and its language does not counts as a fault, in a final text as in one on the way to it; what the language takes never does.

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScopes, loadLanguages } from '../../server/scope/create-scopes.ts';
import { countFaults } from '../../server/scope/faults.ts';
import type { Languages } from '../../server/scope/languages.ts';
import { ParsedText } from '../../server/scope/parsed-text.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import { assets, root } from './assets.ts';
import { readSelection, snapshotOf } from './fixture.ts';
import { soundCode } from './sound-code.ts';

const languageIds = ['typescript', 'typescriptreact', 'javascript', 'python', 'go', 'rust'];
let languages: Languages;
let scopes: Scopes;
beforeAll(async () => {
  languages = await loadLanguages(assets);
  for (const languageId of languageIds) await languages.load(languageId);
  scopes = await createScopes({ assets, languages });
});
afterAll(() => {
  scopes.dispose();
  languages.dispose();
});

function faultsIn(languageId: string, text: string): number {
  const parsed = new ParsedText(languages.get(languageId)!, text);
  const count = countFaults(parsed, { from: 0, to: text.length });
  parsed.dispose();
  return count;
}

/** Whether `text` may stand in for what is marked in `source`. */
function parses(languageId: string, source: string, text: string): boolean {
  const { text: whole, selection } = readSelection(source);
  const check = scopes.parseCheck(snapshotOf(languageId, whole), selection)!;
  const isSound = check.parses(text);
  check.dispose();
  return isSound;
}

const python = `x = 0

‹def f(a):
    first(a)
    second(a)›

def after():
    pass
`;
const go = `package a

‹var x = T{
\ta: 1,
}›
`;

describe('a text is unsound with', () => {
  it.each([
    ['a head above a body that is not indented yet', 'def f(a):\n    if a:\n    first(a)\n    second(a)'],
    ['a comment alone under a head', 'def f(a):\n    with a:\n        # later\n    first(a)'],
    ['a class without a body', 'class A:\ndef f(a):\n    pass'],
    ['nothing but a head', 'def f(a):'],
    [
      'a body of which the first line is no longer indented',
      'def f(a):\n    first(a)\n        second(a)\n    third(a)',
    ],
    ['a dedent to no level', 'def f(a):\n    if a:\n        first(a)\n      second(a)'],
    ['the same below a comment', 'def f(a):\n    if a:\n        first(a)\n        # next\n      second(a)'],
    ['an `else` in a column of its own', 'def f(a):\n    if a:\n        b\n      else:\n        c'],
    ['an `else` of a loop in a column of its own', 'for x in y:\n    a\n  else:\n    b'],
    ['the same below `while`', 'while x:\n    a\n  else:\n    b'],
    ['a handler in a column of its own', 'try:\n    a\n  except X:\n    b'],
    ['cases in different columns', 'match x:\n    case 1:\n        a\n      case 2:\n        b'],
    ['`try` that nothing follows', 'def f(a):\n    try:\n        first(a)\n    second(a)'],
    ['`try` with `else` alone', 'def f(a):\n    try:\n        first(a)\n    else:\n        second(a)'],
    ['`except` above another handler', 'try:\n    a\nexcept:\n    b\nexcept X:\n    c'],
    ['a positional argument behind a named one', 'f(\n    a=1,\n    b,\n)'],
    ['a parameter without a default behind one with', 'def f(a, b=1, c):\n    pass'],
    ['a decorator in a column of its own', '@a\n  @b\ndef f(a):\n    pass'],
    ['a decorator that is indented more than its function', '  @a\ndef f(a):\n    pass'],
    ['two stars in one list of parameters', 'def f(a, *b, c, *d: int):\n    pass'],
    ['a star behind a name with a star', 'def f(*a, *, b):\n    pass'],
    ['a parameter behind two stars', 'def f(**a, b):\n    pass'],
  ])('%s, in Python', (_, text) => {
    expect(parses('python', python, text)).toBe(false);
  });

  it.each([
    ['tags of two names', 'const a = <section>x</div>;'],
    ['tags of two members', 'const a = <a.b>x</a.c>;'],
    ['a fragment that a tag closes', 'const a = <>x</div>;'],
    ['a tag that a fragment closes', 'const a = <div>x</>;'],
  ])('%s, in JSX', (_, text) => {
    for (const languageId of ['typescriptreact', 'javascript'])
      expect(parses(languageId, '‹const a = <div>x</div>;›\n', text)).toBe(false);
  });

  it.each([
    ['`try` alone', 'function f() { try { a(); } }'],
    ['a value that is missing above `return (…)`', 'function f() {\n  const a =\n\n  return (b);\n}'],
    ['a value that is missing above `break`', 'for (;;) {\n  const a =\n  break;\n}'],
    ['an assignment as an operand', 'a = b && c = d;'],
    ['an arrow function as an operand', 'a = b || () => {};'],
    ['an arrow function with an index', 'a = () => {}\n[b];'],
    ['an arrow function that is called', 'a = () => {}\n(b);'],
    ['a comma behind nothing in a block', 'for (const a of b) {\n, c };'],
    ['two commas in an object', 'a = { b,, c };'],
    ['two commas in a pattern', 'const { b,, c } = a;'],
    ['a comma behind nothing among arguments', 'a(, b);'],
    ['two commas among arguments', 'a(b,, c);'],
  ])('%s, in JavaScript', (_, text) => {
    for (const languageId of ['typescript', 'typescriptreact', 'javascript'])
      expect([languageId, parses(languageId, '‹function f() { a(); }›\n', text)]).toEqual([languageId, false]);
  });

  it.each([
    ['a literal whose last comma is missing', 'var x = T{\n\ta: 1\n}'],
    ['the same above a comment', 'var x = T{\n\ta: 1 // one, two\n\t// more, more\n}'],
    ['arguments whose last comma is missing', 'var x = f(\n\t1,\n\t2\n)'],
    ['parameters whose last comma is missing', 'func f(\n\ta int\n) {}'],
    ['a statement outside of a function', 'x := 1'],
    ['a call outside of a function', 'f()'],
  ])('%s, in Go', (_, text) => {
    expect(parses('go', go, text)).toBe(false);
  });

  it.each([
    ['a statement outside of a function', 'let x = 1;'],
    ['a call outside of a function', 'f();'],
    ['a branch outside of a function', 'if a { b() }'],
    ['an attribute that nothing follows', 'impl A {\n    fn a() {}\n    #[test]\n    // c\n}'],
    ['a doc comment that nothing follows', 'mod a {\n    fn a() {}\n    /// a\n}'],
    ['`self` behind another parameter', 'fn f(a: u8, self: Pin<&mut Self>) {}'],
    ['`&self` behind another parameter', 'fn f(a: u8, &self) {}'],
    ['`&self` twice', 'fn f(&mut self, &self) {}'],
    ['a macro call and a statement with nothing between them', 'fn f() { a!() if b { c() } }'],
    ['the same with a comment between them', 'fn f() {\n    a![] // b\n    c()\n}'],
    ['a macro call without a semicolon outside of a function', 'fn f() {}\na!()'],
    ['a comma behind the base of a struct', 'fn f() { A { a, ..b, } }'],
    ['a struct in front of the `else` of `let`', 'fn f() { let a = B {} else { return }; }'],
    ['a branch in front of the `else` of `let`', 'fn f() { let a = if b { c } else { d } else { return }; }'],
    ['an async block and a statement with nothing between them', 'fn f() { async move { a } let b = c; }'],
    ['comparisons in a row', 'fn f() { a() <Self as B>::c() }'],
  ])('%s, in Rust', (_, text) => {
    expect(parses('rust', '‹fn f() {}›\n', text)).toBe(false);
  });

  it.each(['type A = {, b: string };', 'interface A {, b: string }'])(
    'a comma behind nothing, in TypeScript: %s',
    (text) => {
      for (const languageId of ['typescript', 'typescriptreact'])
        expect([languageId, parses(languageId, '‹class A {}›\n', text)]).toEqual([languageId, false]);
    },
  );

  it.each(['typescript', 'typescriptreact'])('a decorator that nothing follows, in %s', (languageId) => {
    expect(parses(languageId, '‹class A {}›\n', 'class A {\n  @b c = 1;\n  @d // e\n}')).toBe(false);
  });

  it('something that the code below the scope lacks now', () => {
    expect(parses('python', 'class A:\n‹    def f(self):\n        pass›\n\nx = 1\n', '')).toBe(false);
    expect(parses('python', 'try:\n    a\n‹except X:\n    b›\nc\n', '')).toBe(false);
  });
});

describe('a text is sound although', () => {
  it('the file has such faults elsewhere, or had this one before', () => {
    expect(parses('python', 'try:\n    a\n\n‹def f():\n    pass›\n', 'def f():\n    return 1')).toBe(true);
    expect(parses('python', '‹def f():\n    try:\n        a›\n', 'def f():\n    try:\n        b')).toBe(true);
    expect(
      parses('python', '‹def f():\n    try:\n        a›\n', 'def f():\n    try:\n        try:\n            b'),
    ).toBe(false);
  });

  it('it had one before that is mended', () => {
    expect(parses('python', '‹try:\n    a›\n', 'try:\n    a\nexcept X:\n    b')).toBe(true);
  });

  it('it had an error in its place, but not the other way round', () => {
    expect(parses('python', '‹x = (›\n', 'try:\n    a')).toBe(true);
    expect(parses('python', '‹try:\n    a›\n', 'x = (')).toBe(false);
    expect(parses('python', 'y = (\n‹x = 1›\n', 'try:\n    a')).toBe(false);
  });
});

describe('nothing is wrong with', () => {
  it.each(languageIds)('code that %s takes', (languageId) => {
    expect(faultsIn(languageId, soundCode[languageId]!)).toBe(0);
  });

  it('what the parser has made up within an error', () => {
    const text = 'class A {\n  run) {\n    if (a > 3) return b;\n    if (c > 3) return d;\n    let e = f + 1;\n  }\n}';
    expect(faultsIn('typescript', text)).toBe(0);
  });

  it('the code of this project', () => {
    const files = readdirSync(`${root}/server`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(100);
    const faulty = files.filter((file) => faultsIn('typescript', readFileSync(`${root}/server/${file}`, 'utf8')) > 0);
    expect(faulty).toEqual([]);
  });
});

it('a query names only predicates that are known', () => {
  const known = ['indent-differs?', 'break-without-comma?', 'not-type?', 'nothing-follows?'];
  const own = new Set<string>();
  for (const languageId of languageIds) {
    const { faults } = languages.get(languageId)!;
    for (let pattern = 0; pattern < faults.patternCount(); pattern++)
      for (const { operator } of faults.predicatesForPattern(pattern)) own.add(operator);
  }
  expect([...own].sort()).toEqual(known.toSorted());
});

it('a query says of each fault what it is, in few words with the code that may stand in them', () => {
  const mostCode = 'x'.repeat(36);
  for (const languageId of languageIds) {
    const { faults } = languages.get(languageId)!;
    const said = Array.from({ length: faults.patternCount() }, (_, index) => faults.setProperties[index]?.says);
    expect(said.filter((words) => !words || words.replace('{}', mostCode).length > 80)).toEqual([]);
  }
});
