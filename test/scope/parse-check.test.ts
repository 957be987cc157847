// The parse check: which texts of a scope parse no worse than the snapshot that it was made for.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParseCheck, Scopes } from '../../server/scope/scopes.ts';
import { readSelection, scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor('typescript', 'typescriptreact', 'python');
});
afterAll(() => scopes.dispose());

function checkOf(languageId: string, source: string): ParseCheck {
  const { text, selection } = readSelection(source);
  const parseCheck = scopes.parseCheck(snapshotOf(languageId, text), selection);
  if (!parseCheck) throw new Error('no parse check');
  return parseCheck;
}

/** Whether each text may stand in for the marked one, asked one after the other of one check. */
function check(languageId: string, source: string, texts: readonly (readonly [text: string, parses: boolean])[]): void {
  const parseCheck = checkOf(languageId, source);
  for (const [text, parses] of texts) expect([text, parseCheck.parses(text)]).toEqual([text, parses]);
  parseCheck.dispose();
}

describe('a parse check', () => {
  it('passes what parses, and fails what does not', () => {
    check('typescript', 'const a = 1;\n‹function f() {}›\n', [
      ['function f() {\n  return 1;\n}', true],
      ['function f() {\n  return (1;\n}', false],
      ['function f() {\n  if (a) {\n}', false],
      ['', true],
      ['function f() {\n  return 1;\n}', true],
    ]);
  });

  it('sees what a text does to the code around it', () => {
    check('typescript', 'f(‹1›);\ng();\n', [
      ['1, 2', true],
      ['1) + (2', true],
      ["'", false],
      ['`', false],
      ['/*', false],
    ]);
  });

  it('fails only what has more error nodes than there were', () => {
    check('typescript', 'const broken = = 1;\n‹function f() {}›\n', [
      ['function f() {\n  return 1;\n}', true],
      ['function f() {\n  return = 1;\n}', false],
    ]);
  });

  it('in code with many error nodes, the brackets count as well: what is wrong merges with what is around it', () => {
    const unknown = `> {
  <A, B = void>(
  ): {
    if (!a) {
      b(
      ) {
      },
    }
  }
  c<D extends string, E extends F<D>>(
  ): G<H, any> {
    i(j: K<H, any>) {
    },
  }
}
`;
    check('typescript', `function g() {\n‹  h();\n  i();›\n}\n${unknown}`, [
      ['  while (true) {\n  h();\n  i();', false],
      ['  while (true) {\n    h();\n    i();\n  }', true],
      ["  h('1)');\n  i(/[(]/);", true],
    ]);
  });

  it('passes a text that repairs the code', () => {
    check('typescript', '‹const broken = = 1;›\nf();\n', [
      ['const broken = 1;', true],
      ['const broken = = = 1;', true],
    ]);
    check('typescript', 'function f() {\n‹  g(h(1;\n  log("a);›\n}\n', [
      ['  g(h(1));\n  log("a");', true],
      ['  g(h(1);\n  log("a");', true],
      ['  g(h(1;\n  log("a);\n  if (a) {', false],
    ]);
  });

  it('counts MISSING nodes as well as ERROR nodes', () => {
    check('typescript', 'class A {\n  ‹f() {}›\n}\n', [['f() { if (a) { b(); }', false]]);
  });

  it('in markup', () => {
    check('typescriptreact', 'const a = ‹<b>x</b>›;\n', [
      ['<b><i>x</i></b>', true],
      ['<b><i>x</b>', false],
    ]);
  });

  it('in Python', () => {
    check('python', 'def f():\n‹    pass›\n', [
      ['    return 1', true],
      ['    return (1', false],
    ]);
  });

  it('compares with its own snapshot, whatever becomes of the document', () => {
    const text = 'function f() {}\n';
    const parseCheck = scopes.parseCheck(snapshotOf('typescript', text), { from: 0, to: 15 });
    scopes.update(snapshotOf('typescript', 'const half = {\nfunction f() {}\n'));
    expect(parseCheck?.parses('function f() { return 1; }')).toBe(true);
    scopes.close('file:///fixture');
    expect(parseCheck?.parses('function f() { return 2; }')).toBe(true);
    expect(parseCheck?.parses('function f() { return }}')).toBe(false);
    parseCheck?.dispose();
  });

  it('with line ends of every kind, and characters of two units', () => {
    check('typescript', 'a();\r\n// 😀\r\n‹f("😀");›\r\n', [
      ['f("😀😀", 1);', true],
      ['f("😀', false],
      ['f(\r\n  "é"\r\n);', true],
    ]);
  });
});
