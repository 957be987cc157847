// Which languages there are, under all the names that editors have for them.

import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScopes } from '../../server/scope/create-scopes.ts';
import { readGrammarFolders } from '../../server/scope/grammar-manifest.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import { assets, root } from './assets.ts';
import { snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await createScopes({ assets });
});
afterAll(() => scopes.dispose());

const names = [
  'typescript',
  'typescriptreact',
  'tsx',
  'typescript.tsx',
  'javascript',
  'javascriptreact',
  'jsx',
  'javascript.jsx',
  'python',
];

describe('a language', () => {
  it.each(names)('%s is ready once it is loaded', async (languageId) => {
    expect(await scopes.load(languageId)).toBe(true);
    expect(scopes.ready(languageId)).toBe(true);
    const text = languageId === 'python' ? 'def f():\n    return 1' : 'function f() {\n  return 1;\n}';
    const scope = scopes.find(snapshotOf(languageId, text), { from: 20, to: 20 }, 'auto');
    expect(scope).toMatchObject({ kind: 'function', name: 'f', isParsed: true, span: { from: 0, to: text.length } });
  });

  it('without a grammar never is', async () => {
    expect(await scopes.load('cobol')).toBe(false);
    expect(scopes.ready('cobol')).toBe(false);
    expect(scopes.find(snapshotOf('cobol', 'a'), { from: 0, to: 0 }, 'auto')).toMatchObject({ isParsed: false });
    expect(scopes.commentSyntax('cobol')).toBeUndefined();
  });

  it('not loaded yet is one without a grammar until then', async () => {
    const fresh = await createScopes({ assets });
    const snapshot = snapshotOf('python', 'def f():\n    return 1');
    expect(fresh.find(snapshot, { from: 20, to: 20 }, 'auto')).toMatchObject({ kind: 'block', isParsed: false });
    const [first, second] = await Promise.all([fresh.load('python'), fresh.load('python')]);
    expect([first, second]).toEqual([true, true]);
    expect(fresh.find(snapshot, { from: 20, to: 20 }, 'auto')).toMatchObject({ kind: 'function', isParsed: true });
    fresh.dispose();
  });

  it.each([
    ['a.ts', 'typescript'],
    ['dir.x/a.test.MTS', 'typescript'],
    ['a.tsx', 'typescriptreact'],
    ['a.jsx', 'javascript'],
    ['a.cjs', 'javascript'],
    ['a.py', 'python'],
    ['a.txt', undefined],
    ['Makefile', undefined],
  ])('of the file %s is %s', (path, expected) => {
    expect(scopes.languageOf(path)).toBe(expected);
  });

  it('says how it writes comments', () => {
    expect(scopes.commentSyntax('typescript')).toEqual({ line: '//', block: ['/*', '*/'] });
    expect(scopes.commentSyntax('tsx')).toEqual({ line: '//', block: ['/*', '*/'], markup: ['{/*', '*/}'] });
    expect(scopes.commentSyntax('python')).toEqual({ line: '#' });
  });
});

describe('a text of millions of characters', () => {
  it('is treated by lines', async () => {
    await scopes.load('typescript');
    const snapshot = snapshotOf('typescript', `f();\n\n${'g();\n'.repeat(500_000)}`);
    expect(scopes.find(snapshot, { from: 1, to: 1 }, 'auto')).toMatchObject({
      span: { from: 0, to: 4 },
      kind: 'paragraph',
      isParsed: false,
    });
    expect(scopes.parseCheck(snapshot, { from: 0, to: 4 })).toBeUndefined();
  });
});

describe('a blank document', () => {
  it.each(['typescript', 'python', 'cobol'])('of %s is a place to write', (languageId) => {
    for (const text of ['', '\n', ' \t\r\n\n'])
      for (const request of ['auto', 'module', 'selection'] as const)
        expect(scopes.find(snapshotOf(languageId, text), { from: 0, to: text.length }, request)).toMatchObject({
          kind: 'insertion',
          span: { from: 0, to: text.length },
        });
  });
});

describe('the folders of grammars/', () => {
  it('are all read, and no two of them claim one name', async () => {
    const folders = await readGrammarFolders(assets);
    const entries = await readdir(`${root}/grammars`, { withFileTypes: true });
    expect(folders).toHaveLength(entries.filter((entry) => entry.isDirectory()).length);
    const claimed = folders.flatMap(({ manifest }) => [...manifest.languageIds, ...manifest.extensions]);
    expect(new Set(claimed).size).toBe(claimed.length);
  });
});
