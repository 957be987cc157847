// What holds for every scope of every text, however broken.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope, Scopes } from '../../server/scope/scopes.ts';
import type { Span } from '../../server/text/span.ts';
import { checked } from '../text/property.ts';
import { scopesFor, snapshotOf } from './fixture.ts';
import { keystroke, share, sources, typed } from './typing.ts';

const requests = ['auto', 'function', 'class', 'module', 'selection'] as const;

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor(...Object.keys(sources));
});
afterAll(() => scopes.dispose());

/** A text as it may be while someone types, and a selection in it. */
const situation = (source: string, maxKeystrokes = 6) =>
  fc
    .record({
      keystrokes: fc.array(keystroke, { maxLength: maxKeystrokes }),
      ends: fc.tuple(share, share),
      request: fc.constantFrom(...requests),
    })
    .map(({ keystrokes, ends: [one, other], request }) => {
      const text = keystrokes.reduce(typed, `${source}\n${source}`);
      const [from, to] = [Math.floor(one * text.length), Math.floor(other * text.length)].sort((a, b) => a - b);
      return { text, selection: { from: from!, to: to! }, request };
    });

function checkSelected(text: string, selection: Span, { kind, span: { from, to } }: Scope): void {
  if (kind === 'insertion') {
    const line = /^.*$/m.exec(text.slice(from))?.[0];
    expect([from - to, line?.trim(), text.slice(selection.from, selection.to).trim()]).toEqual([0, '', '']);
    return;
  }
  const selected = text.slice(selection.from, selection.to).trim();
  expect(text.slice(Math.max(from, selection.from), Math.min(to, selection.to)).trim()).toBe(selected);
  expect(text.slice(from, to).trim()).not.toBe('');
}

function checkEnds(text: string, { span: { from, to }, kind }: Scope): void {
  if (kind === 'insertion') return;
  const hasLineStart = from === 0 || /[\r\n]/.test(text[from - 1]!);
  const hasLineEnd = to === text.length || /[\r\n]/.test(text[to]!);
  if (kind === 'module') expect(text.slice(to)).toMatch(/^(\r\n|\n|\r)?$/);
  else if (!hasLineStart || !hasLineEnd) expect(text.slice(from, to)).toBe(text.slice(from, to).trim());
}

describe.each([...Object.keys(sources), 'plaintext'])('in %s', (languageId) => {
  const source = sources[languageId] ?? 'one\n  two\n\n\tthree 😀\r\nfour';

  it('a scope holds what was selected', () => {
    checked(
      fc.property(situation(source), ({ text, selection, request }) => {
        const scope = scopes.find(snapshotOf(languageId, text), selection, request);
        if (scope) checkSelected(text, selection, scope);
        else expect(text.trim()).toBe('');
      }),
      0.05,
    );
  });

  // Where a name was deleted, the parser may put the blank lines above to what follows; and around an error
  // it may see another function in a part of the text than in its whole: this and the next are laws of sound code.
  it('a scope of sound code begins and ends with whole lines or with code', () => {
    let found = 0;
    checked(
      fc.property(situation(source, 0), ({ text, selection, request }) => {
        const scope = scopes.find(snapshotOf(languageId, text), selection, request);
        if (!scope) return;
        found++;
        checkEnds(text, scope);
      }),
      0.02,
    );
    expect(found).toBeGreaterThan(20);
  });

  it('the function that was found in sound code is found again from its own first and last character', () => {
    let functions = 0;
    checked(
      fc.property(situation(source, 0), ({ text, selection }) => {
        const snapshot = snapshotOf(languageId, text);
        const scope = scopes.find(snapshot, selection, 'auto');
        if (scope?.kind !== 'function') return;
        functions++;
        expect(scopes.find(snapshot, scope.span, 'auto')?.span).toEqual(scope.span);
      }),
      0.05,
    );
    if (languageId === 'plaintext') expect(functions).toBe(0);
    else expect(functions).toBeGreaterThan(5);
  });

  it('a directive that was found can be removed', () => {
    let directives = 0;
    checked(
      fc.property(situation(source), ({ text, selection }) => {
        const comment = languageId === 'python' || languageId === 'plaintext' ? '# ai: x y' : '// ai: x y';
        const asked = `${text.slice(0, selection.from)}\n${comment}\n${text.slice(selection.from)}`;
        const directive = scopes.directiveAt(snapshotOf(languageId, asked), { from: 0, to: asked.length });
        if (!directive) return;
        directives++;
        expect(directive.text).toMatch(/^x y/);
        expect(asked.slice(directive.span.from, directive.span.to)).toContain(comment);
      }),
      0.02,
    );
    expect(directives).toBeGreaterThan(5);
  });
});
