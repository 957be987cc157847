// What a text says about an edit under way, and about what others did meanwhile.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from '../../server/delivery/distance.ts';
import { reconcile } from '../../server/delivery/reconcile.ts';
import { applyEdits, type Edit } from '../../server/text/edit.ts';
import { checked } from '../text/property.ts';
import { editsOf, texts } from './texts.ts';

const previous = 'one\ntwo\nthree\nfour\n';
const span = { from: 4, to: 13 };
const ours: Edit[] = [
  { from: 4, to: 7, insert: '2' },
  { from: 13, to: 13, insert: '!' },
];

const shows = (next: string) => reconcile({ previous, next, span, isAnswered: false }, ours);

describe('a text shows', () => {
  it.each([
    ['all of it', 'one\n2\nthree!\nfour\n', ours],
    ['all of it, and what was typed above', 'oxne\n2\nthree!\nfour\n', ours],
    ['all of it, and what was typed inside', 'one\n2\nthxree!\nfour\n', ours],
    ['nothing of it', previous, []],
    ['nothing of it, but what was typed below', 'one\ntwo\nthree\nfoxur\n', []],
    ['its last part, while the editor makes it part by part', 'one\ntwo\nthree!\nfour\n', ours.slice(1)],
    ['its first part, likewise', 'one\n2\nthree\nfour\n', ours.slice(0, 1)],
  ])('%s', (_, next, expected) => {
    expect(shows(next).ours).toEqual(expected);
  });

  it('all of it once the editor has answered, even if the person typed what a part of it took out', () => {
    const edits = [
      { from: 4, to: 6, insert: '2' },
      { from: 12, to: 13, insert: '' },
    ];
    const next = 'one\n2o\nthree\nfour\n';
    expect(applyEdits(previous, edits.slice(0, 1))).toBe(next);
    expect(reconcile({ previous, next, span, isAnswered: false }, edits).ours).toEqual(edits.slice(0, 1));
    expect(reconcile({ previous, next, span, isAnswered: true }, edits)).toMatchObject({
      ours: edits,
      foreign: [{ from: 11, to: 11, insert: 'e' }],
    });
  });

  it('what it brought word for word, whatever was deleted beside it', () => {
    const code = 'const fn0 = (label) => { items.push(user); }; const after0 = 1;\n';
    const line = [{ from: 0, to: 0, insert: "import { helper0 } from './helpers';\n\n" }];
    const next = "import { helper0 } from './helpers';\nconst after0 = 1;\n";
    const question = { previous: code, next, span: { from: 0, to: 0 }, isAnswered: true };
    expect(reconcile(question, line).ours).toEqual(line);
  });

  it('no edit that resembles what was typed instead', () => {
    const insertion = [{ from: 13, to: 13, insert: ' beta' }];
    const next = previous.replace('three\n', 'three constant\n');
    expect(reconcile({ previous, next, span, isAnswered: false }, insertion).ours).toEqual([]);
  });

  it('always itself: the last text, with ours and with what others did', () => {
    const cases = texts().chain((text) =>
      fc.record({ text: fc.constant(text), next: texts(), underWay: editsOf(text) }),
    );
    checked(
      fc.property(cases, ({ text, next, underWay }) => {
        const whole = { from: 0, to: text.length };
        const { ours: shown, foreign } = reconcile({ previous: text, next, span: whole, isAnswered: true }, underWay);
        expect(applyEdits(applyEdits(text, shown), foreign)).toBe(next);
      }),
      0.5,
    );
  });

  it('an edit that landed, whatever was typed far from it', () => {
    // Typed in letters of its own: who types the very lines that an edit takes out has, by the text alone, kept it from landing.
    const typed = fc.string({ unit: fc.constantFrom('x', 'y', '\n'), maxLength: 8 });
    const cases = fc.record({ above: texts(), inside: texts(), below: texts(), typed, isAbove: fc.boolean() });
    checked(
      fc.property(cases, fc.constantFrom('QQQ', 'Q\n'), ({ above, inside, below, typed, isAbove }, insert) => {
        const text = `${above}(${inside})${below}`;
        const at = above.length + 1;
        const region = { from: at - 1, to: at + inside.length + 1 };
        const edits = [{ from: at, to: at + inside.length, insert }];
        const landed = applyEdits(text, edits);
        const next = isAbove ? typed + landed : landed + typed;
        expect(reconcile({ previous: text, next, span: region, isAnswered: false }, edits).ours).toEqual(edits);
      }),
      0.5,
    );
  });
});

describe('the distance of two texts', () => {
  it('is what has to be inserted and deleted at least', () => {
    checked(
      fc.property(texts(12), texts(12), (a, b) => {
        expect(distance(a, b, 100)).toBe(a.length + b.length - 2 * common(a, b));
      }),
    );
  });

  it('is not counted beyond what is asked for', () => {
    expect(distance('aaaa', 'bbbb', 7)).toBeUndefined();
    expect(distance('aaaa', 'bbbb', 8)).toBe(8);
  });
});

/** Length of the longest common subsequence. */
function common(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const unit of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++) next.push(unit === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    row = next;
  }
  return row.at(-1)!;
}

it('what was typed at the very place of an insertion, before or behind it, does not make it misplaced', () => {
  const before = "import a from 'a';\r\n\r\nfunction f(user: number) {\r\n  return user;\r\n  log(user)\r\n}\r\n";
  const at = before.indexOf('\r\n') + 2;
  const insert = '\r\nconst one = 1;\r\n';
  const landed = applyEdits(before, [{ from: at, to: at, insert }]);
  const place = { line: 1, character: 0 };
  for (const typedAt of [at, at + insert.length]) {
    const typed = applyEdits(landed, [{ from: typedAt, to: typedAt, insert: 'щ' }]);
    // As an editor does that formats what is typed.
    const next = typed.replace(/(?:'a';|{|user;)(?=\r)/g, '$& ');
    const explained = reconcile(
      {
        previous: before,
        next,
        span: { from: at, to: at },
        isAnswered: true,
        sent: [{ start: place, end: place, insert }],
      },
      [{ from: at, to: at, insert }],
    );
    expect(explained.misplaced).toBeUndefined();
    expect(explained.ours).toHaveLength(1);
  }
});
