// The outline around a scope, for the request: signatures beside it, imports.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scopes } from '../../server/scope/scopes.ts';
import { readSelection, scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor('typescript', 'javascript', 'python');
});
afterAll(() => scopes.dispose());

/** The signatures around the scope at the cursor. */
function checkSignatures(languageId: string, source: string, expected: readonly string[]): void {
  const { text, selection } = readSelection(source);
  const snapshot = snapshotOf(languageId, text);
  const scope = scopes.find(snapshot, selection, 'auto');
  expect(scopes.signatures(snapshot, scope!.span).map(({ text }) => text)).toEqual(expected);
}

describe('signatures', () => {
  it('are those of functions and classes beside the scope, without their bodies', () => {
    const source = `
/** Not this text. */
export async function f(
  a: number,
): Promise<void> {
  const inner = () => 1;
  go(inner);
}
const g = (x: string) => x.length;
function own() { $0 }
export class A extends B<C> {
  run(): void {}
}
const notAFunction = 1;
`;
    checkSignatures('typescript', source, [
      'export async function f( a: number, ): Promise<void>',
      'const g = (x: string) =>',
      'export class A extends B<C>',
      '  run(): void',
    ]);
  });

  it('are those of the other members, and of the class around', () => {
    const source =
      'class A {\n  f(a: X): Y { return 1; }\n  own() { $0 }\n  get n() { return 1; }\n}\nfunction g() {}\n';
    checkSignatures('typescript', source, ['class A', '  f(a: X): Y', '  get n()', 'function g()']);
  });

  it('in Python', () => {
    const source =
      '@cache\ndef f(a,\n      b) -> int:\n    return 1\n\nclass A(B):\n    def own(self):\n        $0\n        pass\n\n    def g(self): ...\n';
    checkSignatures('python', source, ['@cache def f(a, b) -> int:', 'class A(B):', '  def g(self):']);
  });

  it('are the nearest, if there are many', () => {
    const functions = (name: string) => Array.from({ length: 100 }, (_, n) => `function ${name}${n}() {}`).join('\n');
    const { text, selection } = readSelection(`${functions('a')}\nfunction own() { $0 }\n${functions('b')}\n`);
    const snapshot = snapshotOf('typescript', text);
    const found = scopes.signatures(snapshot, scopes.find(snapshot, selection, 'auto')!.span).map(({ text }) => text);
    expect(found).toHaveLength(40);
    expect(found).toContain('function a99()');
    expect(found).toContain('function b0()');
  });

  it('that the scope names come before nearer ones', () => {
    const many = Array.from({ length: 100 }, (_, n) => `function near${n}() {}`).join('\n');
    const { text, selection } = readSelection(`function far(a: A) {}\n${many}\nfunction own() { far(1); $0 }\n`);
    const snapshot = snapshotOf('typescript', text);
    const found = scopes.signatures(snapshot, scopes.find(snapshot, selection, 'auto')!.span);
    expect(found[0]).toEqual({ text: 'function far(a: A)', isUsed: true });
    expect(found.filter(({ isUsed }) => isUsed)).toHaveLength(1);
    expect(found).toHaveLength(40);
  });

  it('are none in a language without a grammar', () => {
    expect(scopes.signatures(snapshotOf('ruby', 'def f; end'), { from: 0, to: 3 })).toEqual([]);
  });
});

describe('imports', () => {
  it.each([
    [
      'typescript',
      "// a\nimport a from 'a';\nimport {\n  type B,\n} from 'b';\nimport 'c';\n\nf();\n",
      "import a from 'a';\nimport {\n  type B,\n} from 'b';\nimport 'c';",
    ],
    [
      'javascript',
      "'use strict';\nconst a = require('a');\nconst { b } = require('./b').c;\nconst n = 1;\nimport('d');\n",
      "const a = require('a');\nconst { b } = require('./b').c;",
    ],
    [
      'python',
      '"""Doc."""\nfrom __future__ import annotations\nimport os\nfrom a import (\n    b,\n)\n\nx = 1\n',
      'from __future__ import annotations\nimport os\nfrom a import (\n    b,\n)',
    ],
    ['typescript', 'f();\n', ''],
    ['ruby', "require 'a'\n", ''],
  ])('of %s %j', (languageId, text, expected) => {
    expect(scopes.imports(snapshotOf(languageId, text)).join('\n')).toBe(expected);
  });
});
