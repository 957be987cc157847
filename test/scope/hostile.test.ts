// Texts that are made to take for ever: what a call may cost is counted in steps, and past that it is answered by lines.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Scopes } from '../../server/scope/scopes.ts';
import { maxSteps, WorkBudget } from '../../server/scope/work-budget.ts';
import { scopesFor, snapshotOf } from './fixture.ts';

const hostile: Record<string, readonly [languageId: string, text: string]> = {
  'less than, for ever': ['typescript', `a${'<b'.repeat(10_000)}`],
  'open brackets': ['typescript', '['.repeat(20_000)],
  'open parentheses': ['typescript', '('.repeat(20_000)],
  'open braces': ['typescript', '{'.repeat(20_000)],
  'nested template literals': ['typescript', '`${'.repeat(10_000)],
  backticks: ['typescript', '`'.repeat(20_001)],
  'if in if': ['typescript', 'if(a)'.repeat(5000)],
  'else if': ['typescript', `if(a){}${'else if(a){}'.repeat(3000)}`],
  'functions in functions': ['typescript', `${'function a(){'.repeat(3000)}${'}'.repeat(3000)}`],
  'open functions': ['typescript', 'function a(){'.repeat(3000)],
  'calls in calls': ['typescript', 'a(()=>'.repeat(5000)],
  'objects in objects': ['typescript', `x=${'{a:'.repeat(5000)}1${'}'.repeat(5000)}`],
  'holes in an array': ['typescript', `x=[${','.repeat(30_000)}]`],
  'comments on one line': ['typescript', `${'/**/'.repeat(10_000)}function a() {}`],
  'comments above': ['typescript', `${'// a\n'.repeat(10_000)}function a() {}`],
  decorators: ['typescript', `${'@a '.repeat(5000)}class A {}`],
  exports: ['typescript', 'export '.repeat(5000)],
  'elements in elements': ['typescriptreact', `const a = ${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
  'open elements': ['typescriptreact', `const a = ${'<a>'.repeat(10_000)}`],
  'closing lines': ['typescript', '}\n'.repeat(20_000)],
  'torn lines': ['typescript', `function f() {\n${'  if ((a) {\n  }\n'.repeat(2000)}}\n`],
  'indentation without end': ['python', Array.from({ length: 600 }, (_, n) => `${' '.repeat(n)}if a:\n`).join('')],
  'macros in macros': ['rust', 'a!('.repeat(8000)],
  'marks of comments': ['plaintext', `${'; '.repeat(30_000)}\u2028${';'.repeat(30_000)}\u2028`],
};

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor('typescript', 'typescriptreact', 'python', 'rust');
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => scopes.dispose());

/** The most steps that one call took. */
function watched(): { readonly most: number } {
  const seen = { most: 0 };
  let steps = 0;
  const { reset, trySpend } = WorkBudget.prototype;
  vi.spyOn(WorkBudget.prototype, 'reset').mockImplementation(function (this: WorkBudget) {
    steps = 0;
    reset.call(this);
  });
  vi.spyOn(WorkBudget.prototype, 'trySpend').mockImplementation(function (this: WorkBudget, more: number) {
    const isLeft = trySpend.call(this, more);
    if (isLeft) steps += more;
    seen.most = Math.max(seen.most, steps);
    return isLeft;
  });
  return seen;
}

describe('a text that would take for ever', () => {
  it.each(Object.entries(hostile))('%s', (_name, [languageId, text]) => {
    const seen = watched();
    const snapshot = snapshotOf(languageId, text);
    for (const at of [0, text.length >> 1, text.length]) {
      const cursor = { from: at, to: at };
      const found = scopes.find(snapshot, cursor, 'auto');
      expect(found).toBeDefined();
      expect(found!.kind === 'insertion' || found!.span.from <= at).toBe(true);
      scopes.find(snapshot, { from: at, to: Math.min(at + 10, text.length) }, 'selection');
      scopes.directiveAt(snapshot, cursor);
      scopes.signatures(snapshot, cursor);
      scopes.comments(snapshot, { from: Math.max(at - 100, 0), to: at });
    }
    scopes.imports(snapshot);
    scopes.importPlace(snapshot);
    expect(seen.most).toBeLessThanOrEqual(maxSteps);
    scopes.close(snapshot.uri);
  });

  it('is answered about by its lines', () => {
    const text = `one\n\n${'['.repeat(20_000)}\n\n// ai: help\ntwo`;
    const at = text.indexOf('two');
    const snapshot = snapshotOf('typescript', text);
    expect(scopes.find(snapshot, { from: at, to: at }, 'auto')).toMatchObject({ kind: 'paragraph', isParsed: false });
    expect(scopes.directiveAt(snapshot, { from: at - 5, to: at - 5 })).toMatchObject({ text: 'help' });
    expect(scopes.signatures(snapshot, { from: at, to: at })).toEqual([]);
  });

  it('does not spoil the next call', () => {
    const bad = snapshotOf('typescript', '['.repeat(20_000), 'file:///bad');
    scopes.find(bad, { from: 9, to: 9 }, 'auto');
    const good = snapshotOf('typescript', 'function f() {\n  return 1;\n}\n', 'file:///good');
    expect(scopes.find(good, { from: 20, to: 20 }, 'auto')).toMatchObject({ kind: 'function', name: 'f' });
  });
});
