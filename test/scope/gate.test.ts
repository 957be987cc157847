// The parse gate: which texts of a scope it lets through, measured against the snapshot that it was made for.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gate, Scopes } from '../../server/scope/scopes.ts';
import { readSelection, scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor('typescript', 'typescriptreact', 'python');
});
afterAll(() => scopes.dispose());

function gateOf(languageId: string, source: string): Gate {
  const { text, selection } = readSelection(source);
  const gate = scopes.gate(snapshotOf(languageId, text), selection);
  if (!gate) throw new Error('no gate');
  return gate;
}

/** Whether each text may stand in for the marked one, asked one after the other of one gate. */
function check(languageId: string, source: string, texts: readonly (readonly [text: string, parses: boolean])[]): void {
  const gate = gateOf(languageId, source);
  for (const [text, parses] of texts) expect([text, gate.parses(text)]).toEqual([text, parses]);
  gate.dispose();
}

describe('a gate', () => {
  it('lets through what parses, and holds what does not', () => {
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

  it('asks for no more faults than there were', () => {
    check('typescript', 'const broken = = 1;\n‹function f() {}›\n', [
      ['function f() {\n  return 1;\n}', true],
      ['function f() {\n  return = 1;\n}', false],
    ]);
  });

  it('lets a text through that mends the code', () => {
    check('typescript', '‹const broken = = 1;›\nf();\n', [
      ['const broken = 1;', true],
      ['const broken = = = 1;', true],
    ]);
  });

  it('counts what is missing as well as what is wrong', () => {
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

  it('measures its own snapshot, however the document goes on', () => {
    const text = 'function f() {}\n';
    const gate = scopes.gate(snapshotOf('typescript', text), { from: 0, to: 15 });
    scopes.update(snapshotOf('typescript', 'const half = {\nfunction f() {}\n'));
    expect(gate?.parses('function f() { return 1; }')).toBe(true);
    scopes.close('file:///fixture');
    expect(gate?.parses('function f() { return 2; }')).toBe(true);
    expect(gate?.parses('function f() { return }}')).toBe(false);
    gate?.dispose();
  });

  it('with line ends of every kind, and characters of two units', () => {
    check('typescript', 'a();\r\n// 😀\r\n‹f("😀");›\r\n', [
      ['f("😀😀", 1);', true],
      ['f("😀', false],
      ['f(\r\n  "é"\r\n);', true],
    ]);
  });

  it('is not there for a language without a grammar', () => {
    expect(scopes.gate(snapshotOf('ruby', 'def f; end'), { from: 0, to: 10 })).toBeUndefined();
  });
});
