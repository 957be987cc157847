// A cursor on code always has a scope that is no larger than allowed, and that holds it.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope, ScopeBounds, Scopes } from '../../server/scope/scopes.ts';
import { checked } from '../text/property.ts';
import { casesOf, scopesFor, snapshotOf } from './fixture.ts';
import { keystroke, sources, typed } from './typing.ts';

const languages = ['typescript', 'typescriptreact', 'javascript', 'python', 'go', 'rust'];

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor(...languages);
});
afterAll(() => scopes.dispose());

const someBounds = fc.record({
  maxLines: fc.integer({ min: 1, max: 12 }),
  maxChars: fc.integer({ min: 200, max: 400 }),
  maxModuleLines: fc.integer({ min: 1, max: 12 }),
});

const defaultBounds: ScopeBounds = { maxLines: 400, maxChars: 60_000, maxModuleLines: 150 };

/** All that is in a language's fixtures, as one file. */
const fileOf = (languageId: string) => casesOf(languageId, '\n').map(({ text }) => text);

function checkLines(languageId: string, text: string, bounds: ScopeBounds): void {
  const snapshot = snapshotOf(languageId, text);
  for (const { index, 0: line } of text.matchAll(/^.+$/gm)) {
    const at = index + (line.length >> 1);
    const scope = scopes.find(snapshot, { from: at, to: at }, 'auto', bounds);
    if (line.trim() !== '') checkReached(text, at, scope!, bounds);
  }
}

function checkReached(text: string, at: number, { span, kind }: Scope, bounds: ScopeBounds): void {
  const held = text.slice(span.from, span.to);
  const where = `${kind} at ${at}: ${JSON.stringify(text.slice(at - 20, at))}`;
  expect(span.from <= at && at <= span.to, where).toBe(true);
  expect(held.trim(), where).not.toBe('');
  expect(held.length, where).toBeLessThanOrEqual(bounds.maxChars);
  expect(held.split('\n').length, where).toBeLessThanOrEqual(bounds.maxLines);
}

describe.each(languages)('in %s', (languageId) => {
  it('each line of the fixtures has a scope within bounds', () => {
    const parts = fileOf(languageId);
    checked(
      fc.property(fc.shuffledSubarray(parts, { minLength: 3, maxLength: 6 }), someBounds, (some, bounds) =>
        checkLines(languageId, some.join('\n'), bounds),
      ),
      0.002,
    );
  });

  it('so does each line of a long row of line comments, by the tree', () => {
    const line = `${languageId === 'python' ? '#' : '//'} One of many.\n`;
    const text = `${line.repeat(900)}\n${fileOf(languageId)[0]}`;
    const snapshot = snapshotOf(languageId, text);
    for (const row of [0, 100, 450, 899]) {
      const at = row * line.length + 5;
      const scope = scopes.find(snapshot, { from: at, to: at }, 'auto', defaultBounds)!;
      expect(scope.isParsed).toBe(true);
      checkReached(text, at, scope, defaultBounds);
    }
  });

  it('so does each line while code is being typed', () => {
    const source = sources[languageId] ?? fileOf(languageId).slice(0, 3).join('\n');
    checked(
      fc.property(fc.array(keystroke, { maxLength: 3 }), someBounds, (keystrokes, bounds) =>
        checkLines(languageId, keystrokes.reduce(typed, `${source}\n${source}`), bounds),
      ),
      0.005,
    );
  });
});
