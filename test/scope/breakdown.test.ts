// tree-sitter itself at its end: texts that are too deep for it, and what is left when it has broken down.

import { afterEach, expect, it, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { createScopes } from '../../server/scope/create-scopes.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import { eventLoopTurns } from '../../server/turns.ts';
import { root, scopesFor, snapshotOf } from './fixture.ts';

const { RuntimeError } = (globalThis as unknown as { WebAssembly: { RuntimeError: ErrorConstructor } }).WebAssembly;

afterEach(() => vi.restoreAllMocks());

const sound = 'function f() {\n  return 1;\n}\n';
const start = { from: 0, to: 0 };

it('is not run over by levels that each may be one of two things', async () => {
  const scopes = await scopesFor('typescript');
  // Past 3,000 the stack that tree-sitter is built with ends, without a word.
  scopes.find(snapshotOf('typescript', `x${'<a>'.repeat(4000)}`, 'file:///deep'), start, 'auto');
  const found = scopes.find(snapshotOf('typescript', sound, 'file:///sound'), start, 'auto');
  expect(found).toMatchObject({ kind: 'function', name: 'f', parsed: true });
  scopes.dispose();
});

/** From here on tree-sitter does what it does when its memory is used up. */
function breakDown(): void {
  vi.spyOn(Parser.prototype, 'parse').mockImplementation(() => {
    throw new RuntimeError('Aborted()');
  });
}

async function broken(ask: (scopes: Scopes) => unknown) {
  const told: string[] = [];
  const scopes = await createScopes({
    dir: root,
    turns: eventLoopTurns(),
    onGivenUp: (uri) => told.push(uri),
    onBreakdown: () => told.push('breakdown'),
  });
  await scopes.load('typescript');
  const before = snapshotOf('typescript', sound, 'file:///before');
  await scopes.whenParsed(before);
  breakDown();
  ask(scopes);
  return { scopes, told, before };
}

const deep = snapshotOf('typescript', 'x', 'file:///deep');

it.each<[string, (scopes: Scopes) => unknown]>([
  ['a question', (scopes) => scopes.find(deep, start, 'auto')],
  ['a keystroke', (scopes) => scopes.update(deep)],
  ['a wait for a tree', (scopes) => scopes.whenParsed(deep)],
])('breaks down at %s, is told of once, and all code is treated by lines', async (_what, ask) => {
  const { scopes, told, before } = await broken(ask);
  await scopes.whenParsed(deep);
  expect(told).toEqual(['breakdown']);
  for (const snapshot of [before, deep]) {
    expect(scopes.find(snapshot, start, 'auto')).toMatchObject({ parsed: false });
    expect(scopes.gate(snapshot, { from: 0, to: snapshot.text.length })).toBeUndefined();
  }
  await scopes.load('typescript');
  expect(scopes.find(before, start, 'function')).toMatchObject({ parsed: false });
  expect(told).toEqual(['breakdown']);
  scopes.close(before.uri);
  scopes.dispose();
});

it('breaks down in a gate, which then has no answer', async () => {
  let told = 0;
  const scopes = await createScopes({ dir: root, onBreakdown: () => told++ });
  await scopes.load('typescript');
  const snapshot = snapshotOf('typescript', sound);
  const gate = scopes.gate(snapshot, { from: 0, to: sound.length })!;
  breakDown();
  expect(() => gate.parses('x')).toThrow(RuntimeError);
  gate.dispose();
  expect(told).toBe(1);
  expect(scopes.find(snapshot, start, 'auto')).toMatchObject({ parsed: false });
});
