// Code that an answer leaves out is told by what a comment took the place of, in any human language and any programming language.
import { describe, expect, it } from 'vitest';
import { beginHunkChecks, checkHunk, checkWhole, type HunkRules } from '../../server/guardrails/check-hunk.ts';
import { findLeftOut } from '../../server/guardrails/left-out.ts';
import { diffTexts } from '../../server/text/diff.ts';

const rules: HunkRules = { maxChangedLines: 400, placeholders: 'reject', invisibleCharacters: 'reject' };

const lineIn = (languageId: string, before: string, after: string) =>
  findLeftOut({ before, after, languageId }).map(({ line }) => line)[0];

describe('a comment in place of code', () => {
  const before = 'function all(x) {\n  const a = x[0];\n  const b = x[1];\n  const d = x[2];\n  return a;\n}';
  const answered = (comment: string, last = 'return a + 1;') =>
    `function all(x) {\n  const a = x[0];\n  ${comment}\n  ${last}\n}`;

  it.each([
    '// 其余代码不变',
    '// le reste du code reste inchangé',
    '// остальное без изменений',
    '// وباقي الكود كما هو',
    '// b and d as you had them',
    '/* restlicher Code */',
    '{/* as it was */}',
  ])('is code left out: %s', (comment) => {
    expect(lineIn('typescript', before, answered(comment))).toBe(comment);
    expect(lineIn('typescript', before, answered(comment, 'return a;'))).toBe(comment);
  });

  it.each([
    ['python', '# '],
    ['lua', '-- '],
    ['sql', '-- '],
    ['clojure', ';; '],
    ['erlang', '% '],
    ['bat', 'REM '],
    ['vb', "' "],
    ['ocaml', '(* '],
    ['html', '<!-- '],
    ['some-language', '# '],
    ['some-language', '// '],
    ['some-language', '-- '],
    ['some-language', '; '],
    ['some-language', "' "],
    ['some-language', 'REM '],
  ])('in %s: %s', (languageId, sign) => {
    const close = { '(* ': ' *)', '<!-- ': ' -->' }[sign] ?? '';
    const comment = `${sign}el resto queda igual${close}`;
    expect(lineIn(languageId, 'a 1\nb 2\nc 3\nd 4', `a 1\n${comment}\nd 5`)).toBe(comment);
  });

  it('with a statement that does nothing', () => {
    const body = 'def f(a):\n    b = a\n    c = b\n    return c';
    for (const rest of ['# 同上\n    ...', '# 同上\n    pass', 'pass  # 同上', '...  # 同上'])
      expect(lineIn('python', body, `def f(a):\n    ${rest}`)).toContain('# 同上');
    expect(lineIn('python', body, 'def f(a):\n    ...')).toBeUndefined();
    expect(lineIn('python', `${body} + 1`, 'def f(a):\n    ...\n    return c')).toBe('...');
    const documented = `def f(a):\n    """What it does."""\n`;
    expect(lineIn('python', `${documented}    b = a\n    return b`, `${documented}    ...`)).toBeUndefined();
    expect(lineIn('lua', 'a(1)\nb(2)\nc(3)\nd(4)', 'a(1)\n...\nd(4)')).toBe('...');
  });

  it('of several lines, above a blank one, in place of code with comments in it', () => {
    const text = 'one();\n// second\ntwo();\nthree();\n\nfour();\n';
    expect(lineIn('typescript', text, 'one();\n/*\n * wie zuvor\n */\n\nfour();\n')).toBe('* wie zuvor');
    expect(lineIn('typescript', text, 'one();\n/* wie\n zuvor */\n\nfour();\n')).toBe('/* wie');
    expect(lineIn('typescript', text, 'one();\n// second, as before\n\nfour();\n')).toBe('// second, as before');
  });

  it('is not: one line, comments, new code, what moved, code commented out, a comment that was there', () => {
    const three = 'a(1);\nb(2);\nc(3);\nd(4);';
    expect(lineIn('typescript', three, 'a(1);\n// none is needed\nc(3);\nd(4);')).toBeUndefined();
    expect(lineIn('typescript', 'a;\n// x\n// y\n// z\nb;', 'a;\n// shorter\nb;')).toBeUndefined();
    expect(lineIn('typescript', three, 'a(1);\n// both in one\nboth(2, 3);\nd(4);')).toBeUndefined();
    expect(lineIn('typescript', three, 'a(1);\n// later\nd(4);\nb(2);\nc(3);')).toBeUndefined();
    expect(lineIn('typescript', three, 'a(1);\n// b(2);\nd(4);')).toBeUndefined();
    expect(lineIn('typescript', `// x\n${three}`, 'a(1);\n// x\nd(4);')).toBeUndefined();
  });

  it('is not: what only looks like a comment', () => {
    expect(lineIn('c', '#include "a"\n#define B 1\nint c;\nint d;', '#include "x"\nint d;')).toBeUndefined();
    expect(lineIn('typescript', 'class A {\n  b = 1;\n  c = 2;\n}', 'class A {\n  #b = 1;\n}')).toBeUndefined();
    expect(lineIn('rust', 'let a;\nlet b;\nstruct C;', '#[allow(x)]\nstruct C;')).toBeUndefined();
    expect(lineIn('markdown', 'one\n\ntwo\n\nthree\n', '# Title\n\nthree\n')).toBeUndefined();
    expect(lineIn('python', 'x = 1\ny = 2\nz = """\n# no\n"""', 'z = """\n# other\n"""')).toBeUndefined();
  });
});

describe('as the hunks come', () => {
  const base = 'a(1);\nb(2);\nc(3);\nd(4);\ne(5);\nf(6);';
  const begin = (accepted?: { line: string; lost: string[] }) =>
    beginHunkChecks({ base, languageId: 'typescript', rules, accepted });
  const replaced = (find: string, insert: string) => {
    const from = base.indexOf(find);
    return { edits: [{ from, to: from + find.length, insert }] };
  };
  const comment = '// wie gehabt';
  const refusal = {
    ok: false,
    reason: `the answer leaves code out: ${comment} (in place of 2 lines)`,
    leftOut: { line: comment, lost: ['b(2);', 'c(3);'] },
  };

  it('is told as soon as a line behind it stays', () => {
    const state = begin();
    expect(checkHunk(state, replaced('b(2);\nc(3);', comment)).ok).toBe(true);
    expect(checkHunk(state, replaced('e(5)', 'e(7)'))).toEqual(refusal);
  });

  it('at the latest when the answer is whole', () => {
    const state = begin();
    expect(checkHunk(state, replaced('b(2);\nc(3);', comment)).ok).toBe(true);
    expect(checkWhole(state)).toEqual(refusal);
  });

  it('not while the code that goes with the comment may still come', () => {
    const state = begin();
    expect(checkHunk(state, replaced('b(2);\nc(3);', comment)).ok).toBe(true);
    const at = base.indexOf('\nd(4)');
    expect(checkHunk(state, { edits: [{ from: at, to: at, insert: '\nboth(2, 3);' }] }).ok).toBe(true);
    expect(checkHunk(state, replaced('e(5)', 'e(7)')).ok).toBe(true);
    expect(checkWhole(state).ok).toBe(true);
  });

  it('the same place is taken from who was asked to write it out, another one is not', () => {
    const state = begin({ line: '// other words', lost: ['b(2);', 'c(3);'] });
    expect(checkHunk(state, replaced('b(2);\nc(3);', comment)).ok).toBe(true);
    expect(checkWhole(state).ok).toBe(true);
    expect(checkHunk(state, replaced('e(5);\nf(6);', comment)).ok).toBe(true);
    expect(checkWhole(state)).toMatchObject({ leftOut: { lost: ['e(5);', 'f(6);'] } });
  });

  it('a minimal edit that keeps signs of the code shows it too', () => {
    const state = begin();
    expect(checkHunk(state, { edits: diffTexts(base, base.replace('b(2);\nc(3);', '// (2) as before;')) }).ok).toBe(
      true,
    );
    expect(checkWhole(state)).toMatchObject({ ok: false });
  });

  it('can be allowed', () => {
    const allow = { ...rules, placeholders: 'allow' } as const;
    const state = beginHunkChecks({ base, languageId: 'typescript', rules: allow });
    expect(checkHunk(state, replaced('b(2);\nc(3);', comment)).ok).toBe(true);
    expect(checkWhole(state).ok).toBe(true);
  });
});
