// tree-sitter breaking down: texts that are too deep for it, and what still works afterwards.

import { afterEach, expect, it, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { createScopes } from '../../server/scope/create-scopes.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import { eventLoopTurns } from '../../server/turns.ts';
import { assets } from './assets.ts';
import { scopesFor, snapshotOf } from './fixture.ts';

const { RuntimeError } = (globalThis as unknown as { WebAssembly: { RuntimeError: ErrorConstructor } }).WebAssembly;

afterEach(() => vi.restoreAllMocks());

const sound = 'function f() {\n  return 1;\n}\n';
const start = { from: 0, to: 0 };

it('survives deep nesting in which each level may be parsed in two ways', async () => {
  const scopes = await scopesFor('typescript');
  // At 3,000 levels the stack that tree-sitter is built with overflows without an error.
  scopes.find(snapshotOf('typescript', `x${'<a>'.repeat(4000)}`, 'file:///deep'), start, 'auto');
  const found = scopes.find(snapshotOf('typescript', sound, 'file:///sound'), start, 'auto');
  expect(found).toMatchObject({ kind: 'function', name: 'f', isParsed: true });
  scopes.dispose();
});

/** Makes tree-sitter fail as it does when its memory is used up. */
function breakDown(): void {
  vi.spyOn(Parser.prototype, 'parse').mockImplementation(() => {
    throw new RuntimeError('Aborted()');
  });
}

async function broken(ask: (scopes: Scopes) => unknown) {
  const reported: string[] = [];
  const scopes = await createScopes({
    assets,
    turns: eventLoopTurns(),
    onGivenUp: (uri) => reported.push(uri),
    onBreakdown: () => reported.push('breakdown'),
  });
  await scopes.load('typescript');
  const before = snapshotOf('typescript', sound, 'file:///before');
  await scopes.whenParsed(before);
  breakDown();
  ask(scopes);
  return { scopes, reported, before };
}

const deep = snapshotOf('typescript', 'x', 'file:///deep');

it.each<[string, (scopes: Scopes) => unknown]>([
  ['a call', (scopes) => scopes.find(deep, start, 'auto')],
  ['a keystroke', (scopes) => scopes.update(deep)],
  ['a wait for a tree', (scopes) => scopes.whenParsed(deep)],
])('breaks down at %s: reported once, and all code is treated by lines', async (_what, ask) => {
  const { scopes, reported, before } = await broken(ask);
  await scopes.whenParsed(deep);
  expect(reported).toEqual(['breakdown']);
  for (const snapshot of [before, deep]) {
    expect(scopes.find(snapshot, start, 'auto')).toMatchObject({ isParsed: false });
    expect(scopes.parseCheck(snapshot, { from: 0, to: snapshot.text.length })).toMatchObject({ basis: 'layout' });
  }
  await scopes.load('typescript');
  expect(scopes.find(before, start, 'function')).toMatchObject({ isParsed: false });
  expect(reported).toEqual(['breakdown']);
  scopes.close(before.uri);
  scopes.dispose();
});

it('breaks down in a parse check, which then throws', async () => {
  let reported = 0;
  const scopes = await createScopes({ assets, onBreakdown: () => reported++ });
  await scopes.load('typescript');
  const snapshot = snapshotOf('typescript', sound);
  const check = scopes.parseCheck(snapshot, { from: 0, to: sound.length })!;
  breakDown();
  expect(() => check.parses('x')).toThrow(RuntimeError);
  check.dispose();
  expect(reported).toBe(1);
  expect(scopes.find(snapshot, start, 'auto')).toMatchObject({ isParsed: false });
});
