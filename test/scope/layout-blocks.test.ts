// What a cursor means in a text without a grammar: blocks by their layout, in the words of one fixture file for many languages.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScopeBounds, Scopes } from '../../server/scope/scopes.ts';
import { type Case, casesOf, render, scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor();
});
afterAll(() => scopes.dispose());

function check({ title, text, selection, request, expected }: Case): void {
  const languageId = title.slice(0, title.indexOf(':'));
  expect(render(text, scopes.find(snapshotOf(languageId, text), selection, request))).toBe(expected);
}

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('find by layout, with %s', (_, eol) => {
  it.each(casesOf('layout', eol).map((one) => [one.title, one] as const))('%s', (_title, one) => check(one));
});

const bounds = (maxLines: number, maxModuleLines = maxLines): ScopeBounds => ({
  maxLines,
  maxModuleLines,
  maxChars: 60_000,
});

/** The scope's text for a cursor before `mark`. */
function foundAt(text: string, mark: string, most?: ScopeBounds, languageId = 'java'): string {
  const at = text.indexOf(mark);
  const scope = scopes.find(snapshotOf(languageId, text), { from: at, to: at }, 'auto', most);
  return `${scope?.kind}: ${text.slice(scope?.span.from, scope?.span.to)}`;
}

describe('a bound', () => {
  const body = ['    a();', '', '    if (b) {', '        c();', '    }'];
  const text = ['int f() {', ...body, '}', '', 'x;', ''].join('\n');

  it('is met by the largest block that is within it', () => {
    expect(foundAt(text, 'c()', bounds(7))).toBe(`block: ${text.slice(0, text.indexOf('\n\nx'))}`);
    expect(foundAt(text, 'c()', bounds(6))).toBe('block:     if (b) {\n        c();\n    }');
    expect(foundAt(text, 'c()', bounds(2))).toBe('paragraph:         c();');
    expect(foundAt(text, 'a()', bounds(6))).toBe('paragraph:     a();');
  });

  it('of a module is that of what is no function', () => {
    const inClass = `class A {\n    int b;\n    int d;\n\n${text.replace(/^(?=.)/gm, '    ')}}\n`;
    expect(foundAt(inClass, 'int b', bounds(100, 100))).toBe(`block: ${inClass.trimEnd()}`);
    expect(foundAt(inClass, 'int b', bounds(100, 5))).toBe('paragraph:     int b;\n    int d;');
    expect(foundAt(inClass, 'a()', bounds(100, 5))).toContain('block:     int f()');
  });

  it('cuts a paragraph to the lines around the cursor', () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `one ${i}.`);
    const scope = foundAt(lines.join('\n'), 'one 500.', bounds(10), 'markdown').replace('paragraph: ', '').split('\n');
    expect(scope).toHaveLength(10);
    expect(scope).toContain('one 500.');
  });
});

describe('a block', () => {
  const leaf = fc.constantFrom(
    'a();',
    'b = 1;',
    '',
    "// it's",
    'x: 1',
    '- y',
    '#if Z',
    'else',
    'end',
    'f(g(1))',
    '"{"',
    'int',
    '@A',
    '/* ( */',
    'out:',
  );
  const { lines } = fc.letrec<{ lines: string[]; block: string[] }>((tie) => ({
    lines: fc
      .array(
        fc.oneof(
          { maxDepth: 4 },
          leaf.map((line) => [line]),
          tie('block'),
        ),
        { maxLength: 6 },
      )
      .map((parts) => parts.flat()),
    block: fc
      .tuple(
        fc.constantFrom('if (a) {', 'int f(int b) {', 'class A {', 'namespace B {', 'foo([{', 'c', 'def d', '{'),
        tie('lines'),
        fc.constantFrom('  ', '\t', ''),
      )
      .map(([head, body, indent]) => {
        const closers = [...head]
          .filter((char) => '{(['.includes(char))
          .reverse()
          .map((char) => ({ '{': '}', '(': ')', '[': ']' })[char]);
        const isOpen = /[{[(]$/.test(head);
        const close = isOpen
          ? closers.join('').slice(0, head.includes('([{') ? 3 : 1)
          : head === 'c'
            ? undefined
            : 'end';
        return [head, ...body.map((line) => line && indent + line), ...(close === undefined ? [] : [close])];
      }),
  }));

  it('holds the cursor in whole lines, without blank ones at its ends, and with all of its brackets if the text has them', () => {
    let blocks = 0;
    fc.assert(
      fc.property(
        lines,
        fc.nat(),
        fc.constantFrom('java', 'plaintext', 'yaml'),
        fc.boolean(),
        (all, cursor, languageId, isBound) => {
          const text = all.join('\n');
          const at = cursor % (text.length + 1);
          const scope = scopes.find(
            snapshotOf(languageId, text),
            { from: at, to: at },
            'auto',
            isBound ? bounds(5) : undefined,
          );
          if (scope?.kind !== 'block') return;
          blocks++;
          const { from, to } = scope.span;
          expect(from <= at && at <= to).toBe(true);
          expect([text[from - 1] ?? '\n', text[to] ?? '\n']).toEqual(['\n', '\n']);
          const inside = text.slice(from, to).split('\n');
          expect(inside.at(0)!.trim() && inside.at(-1)!.trim()).not.toBe('');
          if (isBound) expect(inside.length).toBeLessThanOrEqual(5);
          if (isBalanced(text))
            expect([text, text.slice(from, to), isBalanced(text.slice(from, to))]).toEqual([
              text,
              text.slice(from, to),
              true,
            ]);
        },
      ),
      { numRuns: 2000 },
    );
    expect(blocks).toBeGreaterThan(200);
  });

  it.each<[what: string, text: string]>([
    ['one long line', 'a{'.repeat(4_000_000)],
    ['many lines', 'a {\n'.repeat(300_000)],
    ['many lines that close', '  }\n'.repeat(300_000)],
    ['a staircase', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a {`).join('\n')],
    ['lines of comments', '// a\n'.repeat(300_000)],
    ['blank lines', `a {\n${'\n'.repeat(300_000)}}`],
    ['long lines of words', `${'a = <b:c> => '.repeat(2000)} {\n  c\n}\n`.repeat(10)],
  ])('is looked for in %s with bounded work', (_what, text) => {
    for (const at of [0, text.length >> 1, text.length]) {
      const scope = scopes.find(snapshotOf('java', text), { from: at, to: at }, 'auto', bounds(400));
      expect(scope!.span.to).toBeLessThanOrEqual(text.length);
    }
  });
});

function isBalanced(text: string): boolean {
  let depth = 0;
  const code = text.replace(/"\{"|\/\/.*|\/\* \( \*\//g, '');
  for (const char of code) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char) && --depth < 0) return false;
  }
  return depth === 0;
}
