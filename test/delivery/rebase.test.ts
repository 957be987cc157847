// A change is described so that it leaves a span alone wherever that is as true: what a user types among equal characters is nobody's guess.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsAvoiding, locateEarlier, mapSpan, mayTouch, touches } from '../../server/delivery/rebase.ts';
import { diffTexts } from '../../server/text/diff.ts';
import { applyEdits, type Edit } from '../../server/text/edit.ts';
import { checked } from '../text/property.ts';
import { editsOf, texts } from './texts.ts';

/** `[…]` marks the span in `before`; whether it is touched, and what it reads afterwards. */
function described(before: string, next: string) {
  const from = before.indexOf('[');
  const to = before.indexOf(']') - 1;
  const text = before.replace(/[[\]]/g, '');
  const edits = editsAvoiding({ text, next, edits: diffTexts(text, next) }, { from, to });
  const span = mapSpan({ from, to }, edits, false);
  expect(applyEdits(text, edits)).toBe(next);
  return { isTouched: edits.some((edit) => touches(edit, { from, to })), reads: next.slice(span.from, span.to) };
}

describe('a change is described so that it leaves a region alone', () => {
  it.each([
    ['the same letter typed before it', 'x[aab]y', 'xaaaby', 'aab'],
    ['the same letter typed behind it', 'x[baa]y', 'xbaaay', 'baa'],
    ['its own text pasted before it', '[foo();]\n', 'foo();foo();\n', 'foo();'],
    ['a line like its last one added below', '[a\n}\n]', 'a\n}\n}\n', 'a\n}\n'],
    ['letters typed at both ends', 'one\n[two three]\nfour', 'one t\ntwo threethree\nfour', 'two three'],
    ['something else deleted', 'foo\n[bar]\nbaz', '[bar]\nbaz'.replace(/[[\]]/g, ''), 'bar'],
  ])('%s', (_, before, next, reads) => {
    expect(described(before, next)).toEqual({ isTouched: false, reads });
  });

  it.each([
    ['a letter typed inside', 'x[ab]y', 'xaqby'],
    ['a letter of it deleted', 'x[abc]y', 'xacy'],
    ['all of it deleted', 'x[abc]y', 'xy'],
    [
      'most of it replaced, and the same text stands elsewhere',
      'beta delta beta beta\n\n[delta beta]amma alpha\ngamma beta beta',
      'beta delta beta beta\n\nbé',
    ],
  ])('but not %s', (_, before, next) => {
    expect(described(before, next).isTouched).toBe(true);
  });

  it('always describes the change, and of an untouched span the same text', () => {
    const cases = texts().chain((text) =>
      fc.record({ text: fc.constant(text), next: texts(), from: fc.nat(text.length), length: fc.nat(text.length) }),
    );
    let untouched = 0;
    checked(
      fc.property(cases, ({ text, next, from, length }) => {
        const span = { from, to: Math.min(text.length, from + length) };
        const edits = editsAvoiding({ text, next, edits: diffTexts(text, next) }, span);
        expect(applyEdits(text, edits)).toBe(next);
        if (edits.some((edit) => touches(edit, span))) return;
        // An empty span, or a text that has not changed, would prove nothing.
        if (span.from < span.to && text !== next) untouched++;
        const after = mapSpan(span, edits, false);
        expect(next.slice(after.from, after.to)).toBe(text.slice(span.from, span.to));
      }),
      0.5,
    );
    expect(untouched).toBeGreaterThan(500);
  });
});

it('what is replaced but for a character here and there may be all that stood there', () => {
  const text = 'beta\n\ndelta alpha';
  const edits = [
    { from: 0, to: 4, insert: 'xy' },
    { from: 5, to: 5, insert: 'xy' },
    { from: 6, to: 11, insert: 'b' },
  ];
  expect(mayTouch({ text, edits }, { from: 6, to: 6 })).toBe(true);
  expect(mayTouch({ text, edits: edits.slice(0, 1) }, { from: 6, to: 6 })).toBe(false);
});

describe('a region that reads what it read once is found', () => {
  const back = (before: string, next: string, earlier: string) => {
    const from = before.indexOf('[');
    const span = { from, to: before.indexOf(']') - 1 };
    const text = before.replace(/[[\]]/g, '');
    const found = locateEarlier({ text, next, edits: diffTexts(text, next) }, span, earlier);
    return found && next.slice(found.from, found.to);
  };

  it.each([
    ['in its place', 'x[a 1]y', 'xa oney', 'a one'],
    ['with what had been cut off its edge and came back before', 'f[n() { 1 }]\n', 'fn() { one }\n', 'fn() { one }'],
    [
      'with what had been cut off behind it coming back too',
      'o[ga]a\n',
      'o[ga\nomega g]amma\n'.replace(/[[\]]/g, ''),
      'ga\nomega g',
    ],
    ['empty', 'x[ab]y', 'xy', ''],
  ])('%s', (_, before, next, earlier) => {
    expect(back(before, next, earlier)).toBe(earlier);
  });

  it.each([
    ['where somebody typed into what came later', 'x[foo bar]y', 'xfoo bzary', 'foo'],
    ['where it reads something else', 'x[a 1]y', 'xa 2y', 'a one'],
  ])('but not %s', (_, before, next, earlier) => {
    expect(back(before, next, earlier)).toBeUndefined();
  });
});

describe('whether a change may have touched a span', () => {
  it('is so if any insertion or deletion that gives the same text would touch it', () => {
    const cases = texts(10).chain((text) => fc.record({ text: fc.constant(text), edits: editsOf(text, { max: 1 }) }));
    let asked = 0;
    checked(
      fc.property(cases, fc.nat(10), fc.nat(10), ({ text, edits: [edit] }, from, length) => {
        if (!edit || (edit.from !== edit.to && edit.insert !== '')) return;
        asked++;
        const span = { from, to: from + length };
        const next = applyEdits(text, [edit]);
        const same = alike(text, edit).filter((other) => applyEdits(text, [other]) === next);
        expect(mayTouch({ text, edits: [edit] }, span)).toBe(same.some((other) => touches(other, span)));
      }),
    );
    expect(asked).toBeGreaterThan(2000);
  });
});

/** All insertions or deletions of the same length. */
function alike(text: string, { from, to, insert }: Edit): Edit[] {
  const next = applyEdits(text, [{ from, to, insert }]);
  return Array.from({ length: text.length + 1 - (to - from) }, (_, at) => ({
    from: at,
    to: at + to - from,
    insert: next.slice(at, at + insert.length),
  }));
}
