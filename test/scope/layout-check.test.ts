// The check of an edit without a grammar: what it refuses, and how much it lets be.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParseCheck, Scopes } from '../../server/scope/scopes.ts';
import { readSelection, scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor();
});
afterAll(() => scopes.dispose());

function checkOf(languageId: string, source: string): ParseCheck {
  const { text, selection } = readSelection(source);
  const check = scopes.parseCheck(snapshotOf(languageId, text), selection);
  if (!check) throw new Error('no check');
  return check;
}

function check(languageId: string, source: string, texts: readonly (readonly [text: string, passes: boolean])[]): void {
  const layout = checkOf(languageId, source);
  for (const [text, passes] of texts) expect([text, layout.parses(text)]).toEqual([text, passes]);
}

describe('without a grammar, a new text', () => {
  it('must close the brackets that it opens, and open those that it closes', () => {
    check('java', 'class A {\n‹  int f() {\n    return 1;\n  }›\n}\n', [
      ['  int f() {\n    return g(1);\n  }', true],
      ['  int f() {\n    return g(1);\n', false],
      ['  int f() {\n    return g(1;\n  }', false],
      ['  int f() {\n    return 1);\n  }', false],
      ['  int f() {\n    return 1;\n  }\n}', false],
      ['  int f() {\n    if (a] {}\n  }', false],
      ['', true],
    ]);
  });

  it('keeps what it takes part in: the brackets of its own lines that go on above and below', () => {
    check('c', 'int f() {\n  if (a) {\n    b();\n‹  } else {›\n    c();\n  }\n}\n', [
      ['  } else if (d) {', true],
      ['  }\n  else {', true],
      ['  }', false],
      ['  } {', true],
      ['  { }', false],
    ]);
  });

  it('must not leave a quote open', () => {
    check('ruby', 'def f\n‹  puts "a"›\nend\n', [
      ['  puts "b"', true],
      ['  puts "b', false],
      ['  puts "it\\"s"', true],
      ['  puts "a\n  b"', true],
    ]);
  });

  it.each<[what: string, languageId: string, source: string, text: string]>([
    ['an apostrophe in a comment', 'c', '‹int a;›\n', "/* don't (see */\nint a; // it's :)"],
    ['a list in a comment', 'ruby', '‹a = 1›\n', '# 1) one\n# b) two (\na = 1'],
    ['brackets in strings', 'java', '‹f("a");›\n', 'f("(", \'{\', "\\"[");'],
    [
      "the patterns of a shell's case",
      'shellscript',
      '‹f a›\n',
      'case "$1" in\n  -h|--help) usage ;;\n  *) f a ;;\nesac',
    ],
    ['a here-document', 'shellscript', '‹f›\n', "cat <<EOF\nDon't (do this: it's a \"trap\nEOF\nf"],
    ['a regular expression', 'ruby', '‹a =~ /b/›\n', 'a =~ /^[(\\[]"/'],
    ['quoted lists and characters of Lisp', 'clojure', "‹(f 'a)›\n", "(f '(a b) '(c (d)) \\( \\\")"],
    ['lifetimes and primes', 'haskell', '‹f x = x›\n', "f x' = let x'' = x' in (x'', 'a', '(')"],
    ['comments of many kinds', 'sql', '‹select 1;›\n', "-- don't (\nselect (1); /* :( */"],
    ['a comment of Lua', 'lua', '‹f()›\n', '--[[ a ( b\n " ]]\nf()'],
    ['POD', 'perl', '‹f();›\n', '=head1 A (\n\nDon\'t "do\n\n=cut\n\nf();'],
    ['addresses', 'yaml', '‹a: b›\n', 'a: "https://x.org/(y)" # (see'],
    ['a sentence in YAML', 'yaml', '‹a: b›\n', "a: don't, it's"],
    ['an octal number of C++', 'cpp', '‹int a;›\n', "int a = 1'000'000; char b = '{';"],
    ['the text of a page', 'html', '‹<p>a</p>›\n', '<p>Don\'t :( a "b [c\n1) d</p>'],
  ])('may have %s', (_what, languageId, source, text) => check(languageId, source, [[text, true]]));

  it('passes if nothing gets worse, where the text is odd itself', () => {
    check('c', '#ifdef A\nif (a) {\n#else\nif (b) {\n#endif\n}\n‹f();›\n', [
      ['g();', true],
      ['g(1, 2);', true],
      ['g(;', false],
      ['}', true],
    ]);
    check('c', 'int f() {\n‹  g(1;›\n}\n', [
      ['  g(1);', true],
      ['  g(2;', true],
      ['  g((2;', false],
    ]);
  });

  it('passes within a comment whatever it says', () => {
    check('c', '/*\n‹ a›\n*/\nf();\n', [[" don't (b", true]]);
  });

  it('must not be indented less than the scope was, where indentation makes the blocks', () => {
    check('yaml', 'a:\n‹  b: 1›\nc: 2\n', [
      ['  b: 1\n  d: 2', true],
      ['  b:\n    d: 2\n\n# e', true],
      ['b: 1', false],
      ['  b:\n\td: 2', false],
    ]);
    check('yaml', 'a: 1\n‹›\nc: 2\n', [['b: 1', true]]);
    check('java', '‹  int a;›\n', [['#if A\nint a;\n#endif', true]]);
  });

  it('is read in several turns, where the file is long', () => {
    const long = checkOf('java', `${'f("a");\n'.repeat(100_000)}‹g();›\n`);
    expect([...long.parsesInTurns('g(1);')].length).toBeGreaterThan(10);
    expect(long.parses('g(;')).toBe(false);
  });

  it('is not checked in prose, and where nobody knows the language', () => {
    for (const languageId of ['markdown', 'plaintext', 'latex', 'vim', ''])
      expect(scopes.parseCheck(snapshotOf(languageId, 'a'), { from: 0, to: 1 })).toBeUndefined();
  });
});

describe('the check by layout', () => {
  const pieces = [
    'f(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '\\',
    '/*',
    '*/',
    '// ',
    '# ',
    '\n',
    '  ',
    'a',
    'esac',
    '<<A',
    'A',
    '"""',
    '/',
    ';',
    '--',
  ];
  const code = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

  it('passes the text that is there, in any text', () => {
    fc.assert(
      fc.property(code, code, code, fc.constantFrom('c', 'yaml', 'html'), (before, scope, after, languageId) => {
        const text = before + scope + after;
        const span = { from: before.length, to: before.length + scope.length };
        expect(scopes.parseCheck(snapshotOf(languageId, text), span)!.parses(scope)).toBe(true);
      }),
    );
  });

  it.each(['(', '}', "'a", '/*', '(}', '<<A1 <<A2 ', '[(/a', '--[['])(
    'comes to an end in a long text of %s, and sees what is added to it',
    (piece) => {
      const text = `${piece.repeat(200_000 / piece.length)}\nf();\n`;
      const layout = scopes.parseCheck(snapshotOf('c', text), { from: text.length - 5, to: text.length - 1 })!;
      expect(layout.parses('g();')).toBe(true);
    },
  );
});
