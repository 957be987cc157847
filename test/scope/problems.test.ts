// Why a new text does not parse: the line where a person would look, and what is wrong there.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem, Scopes } from '../../server/scope/scopes.ts';
import { readSelection, scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor('typescript', 'typescriptreact', 'javascript', 'python', 'go', 'rust');
});
afterAll(() => scopes.dispose());

/** What is wrong with `text`, which must not parse in the place of what is marked in `source`. */
function problemOf(languageId: string, source: string, text: string): Problem | undefined {
  const { text: whole, selection } = readSelection(source);
  const check = scopes.parseCheck(snapshotOf(languageId, whole), selection)!;
  expect(check.parses(text)).toBe(false);
  const problem = check.problemIn(text);
  check.dispose();
  return problem;
}

function said(languageId: string, source: string, text: string): string {
  const { line, what } = problemOf(languageId, source, text)!;
  return `line ${line}: ${what}`;
}

/** A method or function of six lines: a head, a branch with a call in it, and a value. */
const sources = {
  typescript:
    'class A {\n‹  run(x) {\n    if (x) {\n      go(x, [1]);\n    }\n    return `a`;\n  }›\n\n  stop() {\n    return `b` + "c" /* d */;\n  }\n}\n',
  typescriptreact:
    'const a = <p>`{"d"}`</p>;\n\n‹function run(x) {\n  if (x) {\n    go(x, [1]);\n  }\n  return <b>it\'s {x}</b>;\n}›\n',
  javascript:
    '‹function run(x) {\n  if (x) {\n    go(x, [1]);\n  }\n  return x;\n}›\n\nfunction stop() {\n  return `b`;\n}\n',
  python:
    'class A:\n‹    def run(self, x):\n        if x:\n            go(x, [1])\n        # done\n        return x›\n\n    def stop(self):\n        """b"""\n',
  go: 'package a\n\n‹func run(x int) int {\n\tif x > 0 {\n\t\tgo1(x, []int{1})\n\t}\n\treturn x\n}›\n\nfunc stop() string {\n\treturn `b`\n}\n',
  rust: 'impl A {\n‹    fn run(&self, x: u8) -> u8 {\n        if x > 0 {\n            go(x, [1]);\n        }\n        x\n    }›\n\n    fn stop() -> &str {\n        "b"\n    }\n}\n',
  java: 'class A {\n‹  int run(int x) {\n    if (x > 0) {\n      go(x, a[1]);\n    }\n    return x;\n  }›\n\n  String stop() {\n    return "b";\n  }\n}\n',
} as const;
type Language = keyof typeof sources;
const languages = Object.keys(sources) as Language[];
const withBraces = languages.filter((one) => one !== 'python');
const withTree = languages.filter((one) => one !== 'java');

const linesOf = (language: Language) => {
  const { text, selection } = readSelection(sources[language]);
  return text.slice(selection.from, selection.to).split('\n');
};
const saidOf = (language: Language, lines: readonly string[]) => said(language, sources[language], lines.join('\n'));
const replaced = (language: Language, from: RegExp, to: string) =>
  linesOf(language).map((line) => line.replace(from, to));

describe.each(withBraces)('in %s', (language) => {
  it.each([1, 2, 3, 4, 5])('a function of which %i lines have come is not closed', (count) => {
    expect(saidOf(language, linesOf(language).slice(0, count))).toBe('line 1: the block is not closed');
  });

  it('a branch that is not closed is told by the lines below it', () => {
    expect(saidOf(language, linesOf(language).toSpliced(3, 1))).toBe('line 2: the block is not closed');
  });

  it('a brace too much is found at the end, and in the middle by its column', () => {
    expect(saidOf(language, [...linesOf(language), '}'])).toBe('line 7: `}` closes nothing');
    const indent = /^\s*/.exec(linesOf(language)[2]!)![0];
    expect(saidOf(language, linesOf(language).toSpliced(2, 0, `${indent}}`))).toBe('line 3: `}` closes nothing');
  });
});

describe.each(languages)('in %s', (language) => {
  it('a string that is not closed', () => {
    expect(saidOf(language, replaced(language, /(go1?\()/, '$1"abc, '))).toBe('line 3: a string is not closed');
  });

  it('a bracket that is missing', () => {
    expect(
      saidOf(
        language,
        replaced(language, /(go.*1)\]/, '$1').map((line) => line.replace('int{1}', 'int{1')),
      ),
    ).toMatch(/^line 3: (?:a `\]` is missing|the block is not closed)$/);
  });
});

describe.each(withTree)('in %s', (language) => {
  it('a sentence', () => {
    const lines = linesOf(language);
    expect(saidOf(language, ['Here is the updated function:', ...lines])).toBe(
      'line 1: `Here is the updated function:` is not expected here',
    );
    expect(saidOf(language, [...lines, '', "I've changed it (see above), so it doesn't fail."])).toMatch(
      /^line \d: `I've changed it \(see above\),…` is not expected here$/,
    );
  });

  it('a fence', () => {
    expect(saidOf(language, ['```ts', ...linesOf(language)])).toMatch(/^line 1: (?:`` ```ts `` is not|a string)/);
  });

  it('words that do not belong together', () => {
    const [head = '', ...rest] = linesOf(language);
    const indent = /^\s*/.exec(rest[0]!)![0];
    expect(saidOf(language, [head, `${indent}foo bar baz`, ...rest])).toMatch(
      /^line 2: `foo bar(?: baz)?` is not expected/,
    );
  });
});

describe('what is wrong', () => {
  it.each<[what: string, language: Language, text: string, expected: string]>([
    ['a value that is missing', 'typescript', 'run() {\n  const y = ;\n}', 'line 2: nothing follows `=`'],
    [
      'the same at the end of a line',
      'typescript',
      'run() {\n  const y =\n  return y;\n}',
      'line 2: nothing follows `=`',
    ],
    ['an operand', 'typescript', 'run() {\n  go(x +, 1);\n}', 'line 2: nothing follows `+`'],
    ['a name', 'typescript', 'run() {\n  go.;\n}', 'line 2: nothing follows `.`'],
    [
      'a statement among members',
      'typescript',
      'const y = 1;\nreturn y;',
      'line 1: a statement stands where a member belongs',
    ],
    ['a template', 'typescript', 'run() {\n  go(`a);\n  return 1;\n}', 'line 2: a string is not closed'],
    [
      'a template above another',
      'typescript',
      'run() {\n  go(`a);\n  return `x`;\n}',
      'line 2: a string is not closed',
    ],
    ['a comment', 'javascript', 'function run() {\n  /* a\n  return 1;\n}', 'line 2: the comment is not closed'],
    ['a comment', 'rust', 'fn run() {\n  /* a\n  1\n}', 'line 2: the comment is not closed'],
    ['a string of several lines', 'rust', 'fn run() {\n  go("a);\n  go("x")\n}', 'line 2: a string is not closed'],
    [
      'a string of several lines',
      'python',
      '    def run(self):\n        """a\n        return 1',
      'line 2: a string is not closed',
    ],
    ['a string of several lines', 'go', 'func run() {\n\tgo1(`a)\n}', 'line 2: a string is not closed'],
    ['a tag', 'typescriptreact', 'function run() {\n  return <b><i>x</b>;\n}', 'line 2: `<i>` is not closed'],
    [
      'a tag that closes nothing',
      'javascript',
      'function run() {\n  return <b>x</i></b>;\n}',
      'line 2: `</i>` closes nothing',
    ],
    [
      'an answer that is cut in a tag',
      'typescriptreact',
      'function run() {\n  return <b>\n    x',
      'line 1: the block is not closed',
    ],
    ['a fault by query', 'go', 'func run() {\n\tgo1(\n\t\t1\n\t)\n}', 'line 4: a `,` is missing'],
    ['a fault by query', 'go', 'x := 1', 'line 1: a statement stands outside of a function'],
    ['a fault by query', 'javascript', 'try { a() }', 'line 1: nothing follows `try`'],
    [
      'a fault by query',
      'python',
      '    def run(self, a=1, b):\n        pass',
      'line 1: `b` has no default, as the one before has',
    ],
  ])('is said of %s, in %s', (_what, language, text, expected) => {
    expect(said(language, sources[language], text)).toBe(expected);
  });

  it.each<[what: string, text: string, expected: string]>([
    [
      'a token of a template',
      '    def run(self):\n        return 1<|im_end|>',
      'line 2: `<|im_end|>` is not expected here',
    ],
    ['a tag alone', '<think>\nmaybe\n    def run(self):\n        return 1', 'line 1: `<think>` is not expected here'],
    [
      'a line too far in',
      '    def run(self):\n        go()\n          return 1',
      'line 3: the indentation does not fit',
    ],
    [
      'a dedent to no level',
      '    def run(self):\n        if x:\n            go()\n          return 1',
      'line 4: the indentation does not fit',
    ],
    ['a first line without its blanks', 'def run(self):\n        return 1', 'line 1: the indentation does not fit'],
    [
      'a body that is not indented',
      '    def run(self):\n        if x:\n        go()',
      'line 2: the block has no statement',
    ],
    ['a head alone', '    def run(self):', 'line 1: the block has no statement'],
  ])('is said of %s, in Python', (_what, text, expected) => {
    expect(said('python', sources.python, text)).toBe(expected);
  });

  it('is the indentation, where there is no grammar and blocks are made by it', () => {
    expect(said('yaml', 'a:\n‹  b: 1›\nc: 2\n', '  b: 1\nd: 2')).toBe('line 2: the indentation does not fit');
    expect(said('yaml', 'a:\n‹  b: 1›\nc: 2\n', '  b:\n\td: 2')).toBe('line 2: the indentation does not fit');
  });

  it('is not what the base had already', () => {
    const source = '‹function f() {\n  broken = = 1;\n  return 1;\n}›\n';
    expect(said('typescript', source, 'function f() {\n  broken = = 1;\n  return foo bar;\n}')).toBe(
      'line 3: `bar` is not expected here',
    );
    expect(said('java', 'int f() {\n‹  g(1;›\n}\n', '  g(1;\n  h(2;')).toBe('line 2: a `)` is missing');
  });

  it('is how the text goes with the code around it, if it has no fault itself', () => {
    expect(said('python', 'try:\n    a\n‹except X:\n    b›\nc\n', '')).toBe(
      'line 1: the code around it no longer parses',
    );
    expect(said('typescript', 'if (a) {\n  b();\n‹} else {›\n  c();\n}\n', '} else if (d) {}\n')).toBe(
      'line 2: a `{` is missing',
    );
    expect(said('typescript', 'if (a) {\n  b();\n‹} else {›\n  c();\n}\n', 'if (d) {')).toBe(
      'line 1: a `}` is missing',
    );
  });

  it('is counted in lines of the text, however they end', () => {
    expect(said('typescript', 'a();\r\n‹f();›\r\n', 'f();\r\n// 😀\r\ng(;\r\nh();')).toBe('line 3: a `)` is missing');
  });

  it('is said in few words that can be seen, with little of the code', () => {
    const { what } = problemOf('javascript', sources.javascript, `x = \u202e${'a b'.repeat(100)}`)!;
    expect(what).toMatch(/^`[ -~…]{1,30}` is not expected here$/);
  });

  it('is not looked for in a very long text', () => {
    expect(problemOf('javascript', '‹f();›\n', `f(${'1, '.repeat(100_000)}`)).toBeUndefined();
    expect(problemOf('java', '‹f();›\n', `f(${'1, '.repeat(100_000)}`)).toBeUndefined();
  });

  it.each(['(', '}', '[(]', '"', '`', "'a ", '/*', '<a> ', '</a> ', '- ', '{\n', 'a b ', '=> ', '<|x|> ', '"""'])(
    'is looked for to an end in a long text of %s',
    (piece) => {
      const text = piece.repeat(10_000 / piece.length);
      for (const [languageId, source] of Object.entries(sources)) {
        const { text: whole, selection } = readSelection(source);
        const check = scopes.parseCheck(snapshotOf(languageId, whole), selection)!;
        const { line } = check.problemIn(text) ?? { line: 1 };
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
        check.dispose();
      }
    },
  );
});
