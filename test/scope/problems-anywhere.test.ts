// What holds for every text that does not parse: real functions, cut off or with something taken out or put in.

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Snapshot } from '../../server/documents/snapshot.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import type { Span } from '../../server/text/span.ts';
import { checked } from '../text/property.ts';
import { root } from './assets.ts';
import { casesOf, scopesFor, snapshotOf } from './fixture.ts';
import { soundCode } from './sound-code.ts';
import { share } from './typing.ts';

const withGrammar = ['typescript', 'typescriptreact', 'javascript', 'python', 'go', 'rust'];
let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor(...withGrammar);
});
afterAll(() => scopes.dispose());

const own = readdirSync(`${root}/server/scope`).filter((file) => file.endsWith('.ts'));
const texts: readonly (readonly [languageId: string, text: string])[] = [
  ...Object.entries(soundCode),
  ...own.map((file) => ['typescript', readFileSync(`${root}/server/scope/${file}`, 'utf8')] as const),
  ...withGrammar.flatMap((name) => casesOf(name, '\r\n').map(({ text }) => [name, text] as const)),
  ...casesOf('layout', '\n').map(({ text }) => ['java', text] as const),
];
const inserted = fc.constantFrom('', '"', "'", '`', '/*', '{', ')', ' foo bar ', '=', '\n  ', '\u202e', '<b>');
const damage = fc.record({ from: share, length: fc.nat(60), insert: inserted, isCut: fc.boolean() });
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

/** The scope at a share of a text, and what becomes of it. */
function damaged(
  snapshot: Snapshot,
  at: number,
  { from, length, insert, isCut }: Damage,
): { span: Span; text: string } {
  const cursor = Math.floor(at * snapshot.text.length);
  const { span } = scopes.find(snapshot, { from: cursor, to: cursor }, 'auto') ?? { span: { from: 0, to: 0 } };
  const old = snapshot.text.slice(span.from, span.to);
  const start = Math.floor(from * old.length);
  return { span, text: old.slice(0, start) + (isCut ? '' : insert + old.slice(start + length)) };
}

it('the problem is in a line of it, and said in few words that can be seen', () => {
  const one = fc.record({ which: fc.nat(texts.length - 1), at: share, damage });
  let asked = 0;
  let answered = 0;
  const property = fc.property(one, ({ which, at, damage }) => {
    const snapshot = snapshotOf(...texts[which]!);
    const { span, text } = damaged(snapshot, at, damage);
    const check = scopes.parseCheck(snapshot, span)!;
    if (!check.parses(text)) {
      const problem = check.problemIn(text);
      asked++;
      if (problem) answered++;
      const { line = 1, what = '' } = problem ?? {};
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      expect(what).toMatch(/^[^\p{Cc}\p{Cf}]{0,80}$/u);
    }
    check.dispose();
  });
  checked(property, 0.1);
  expect(asked).toBeGreaterThan(300);
  expect(answered / asked).toBeGreaterThan(0.99);
});

it('asking for it changes nothing: a check goes on as it would have', () => {
  const [languageId, source] = texts.find(([id]) => id === 'go')!;
  const check = scopes.parseCheck(snapshotOf(languageId, source), { from: 0, to: source.length })!;
  expect(check.problemIn(`${source}}`)).toMatchObject({ what: '`}` closes nothing' });
  expect([source, `${source}}`, `${source}\nfunc g() {}`].map((text) => check.parses(text))).toEqual([
    true,
    false,
    true,
  ]);
  expect(check.problemIn(`${source}}`)).toMatchObject({ what: '`}` closes nothing' });
  check.dispose();
});
