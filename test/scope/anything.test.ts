// What holds for every scope of every text, however broken.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope, Scopes } from '../../server/scope/scopes.ts';
import type { Span } from '../../server/text/span.ts';
import { checked } from '../text/property.ts';
import { scopesFor, snapshotOf } from './fixture.ts';
import { keystroke, sources, typed } from './typing.ts';

const requests = ['auto', 'function', 'class', 'module', 'selection'] as const;

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor(...Object.keys(sources));
});
afterAll(() => scopes.dispose());

/** A text as it may be while someone types, and a selection in it. */
const situation = (source: string) =>
  fc
    .record({
      keystrokes: fc.array(keystroke, { maxLength: 6 }),
      ends: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      request: fc.constantFrom(...requests),
    })
    .map(({ keystrokes, ends: [one, other], request }) => {
      const text = keystrokes.reduce(typed, `${source}\n${source}`);
      const [from, to] = [Math.floor(one * text.length), Math.floor(other * text.length)].sort((a, b) => a - b);
      return { text, selection: { from: from!, to: to! }, request };
    });

function checkSpan(text: string, selection: Span, { span, kind }: Scope): void {
  const { from, to } = span;
  const selected = text.slice(selection.from, selection.to).trim();
  expect(text.slice(Math.max(from, selection.from), Math.min(to, selection.to)).trim()).toBe(selected);
  expect(text.slice(from, to).trim()).not.toBe('');
  const hasLineStart = from === 0 || /[\r\n]/.test(text[from - 1]!);
  const hasLineEnd = to === text.length || /[\r\n]/.test(text[to]!);
  if (kind === 'module') expect(text.slice(to)).toMatch(/^(\r\n|\n|\r)?$/);
  else if (!hasLineStart || !hasLineEnd) expect(text.slice(from, to)).toBe(text.slice(from, to).trim());
}

describe.each([...Object.keys(sources), 'plaintext'])('in %s', (languageId) => {
  const source = sources[languageId] ?? 'one\n  two\n\n\tthree 😀\r\nfour';

  it('a scope holds what was selected, and begins and ends with whole lines or with code', () => {
    checked(
      fc.property(situation(source), ({ text, selection, request }) => {
        const scope = scopes.find(snapshotOf(languageId, text), selection, request);
        if (scope) checkSpan(text, selection, scope);
        else expect(text.trim()).toBe('');
      }),
      0.05,
    );
  });

  it('the scope that was found is found again from its own first and last character', () => {
    checked(
      fc.property(situation(source), ({ text, selection }) => {
        const snapshot = snapshotOf(languageId, text);
        const scope = scopes.find(snapshot, selection, 'auto');
        if (scope?.kind === 'function') expect(scopes.find(snapshot, scope.span, 'auto')?.span).toEqual(scope.span);
      }),
      0.05,
    );
  });

  it('a directive that was found can be removed', () => {
    checked(
      fc.property(situation(source), ({ text, selection }) => {
        const comment = languageId === 'python' || languageId === 'plaintext' ? '# ai: x y' : '// ai: x y';
        const asked = `${text.slice(0, selection.from)}\n${comment}\n${text.slice(selection.from)}`;
        const directive = scopes.directiveAt(snapshotOf(languageId, asked), { from: 0, to: asked.length });
        if (!directive) return;
        expect(directive.text).toMatch(/^x y/);
        expect(asked.slice(directive.span.from, directive.span.to)).toContain(comment);
      }),
      0.02,
    );
  });
});
