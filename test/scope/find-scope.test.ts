// Which scope a cursor or a selection means, in the words of one fixture file for each language.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scopes } from '../../server/scope/scopes.ts';
import { type Case, casesOf, render, scopesFor, snapshotOf } from './fixture.ts';

const languages = ['typescript', 'typescriptreact', 'javascript', 'python', 'go', 'rust', 'plaintext'];

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor(...languages.slice(0, -1));
});
afterAll(() => scopes.dispose());

function check(languageId: string, { text, selection, request, bounds, expected }: Case): void {
  expect(render(text, scopes.find(snapshotOf(languageId, text), selection, request, bounds))).toBe(expected);
}

describe.each(languages)('find in %s', (languageId) => {
  it.each(casesOf(languageId, '\n').map((one) => [one.title, one] as const))('%s', (_, one) => check(languageId, one));
});

describe.each(languages)('find in %s, with CRLF', (languageId) => {
  it.each(casesOf(languageId, '\r\n').map((one) => [one.title, one] as const))('%s', (_, one) =>
    check(languageId, one),
  );
});
