// Edits that an editor made by line and character in a buffer that it had not told us of: found, and what stands there without them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMisplaced } from '../../server/delivery/find-misplaced.ts';
import { rebase } from '../../server/delivery/rebase.ts';
import { reconcile } from '../../server/delivery/reconcile.ts';
import { placeSentEdits, toSentEdits } from '../../server/delivery/sent-edit.ts';
import { createSnapshot } from '../../server/documents/snapshot.ts';
import { applyEdits, type Edit, invertEdits } from '../../server/text/edit.ts';
import { checked } from '../text/property.ts';

const code = `import { log } from './log';

export function first(list: readonly string[]) {
  const text = list[0];
  log(text);
  if (!text) {
    return undefined;
  }
  return text.trim();
}

export function second(value: number) {
  const twice = value * 2;
  return twice;
}
`;

interface Case {
  readonly text: string;
  readonly ours: readonly Edit[];
  /** What the person types at `at`, over `taken` units: as much as `before` says before ours land, the rest after. */
  readonly at: number;
  readonly taken: number;
  readonly typed: string;
  readonly before: number;
}

/** What the editor tells in the end; what that is without our edits; and whether they stand where they belong. Undefined where they land in the typing. */
function play({ text, ours, at, taken, typed, before }: Case) {
  const sent = toSentEdits(createSnapshot('', 1, '', text), ours);
  const early = [{ from: at, to: at + taken, insert: typed.slice(0, before) }];
  const buffer = applyEdits(text, early);
  const landed = placeSentEdits(buffer, sent)!;
  const cursor = at + Math.min(before, typed.length);
  if (landed.some(({ from, to }) => from < cursor && to > at)) return undefined;
  const shift = landed.reduce(
    (sum, { from, to, insert }) => (from < cursor ? sum + insert.length - (to - from) : sum),
    0,
  );
  const late = [{ from: cursor + shift, to: cursor + shift, insert: typed.slice(before) }];
  const next = applyEdits(applyEdits(buffer, landed), late);
  const clean = applyEdits(next, rebase(invertEdits(buffer, landed), late));
  return { sent, next, clean };
}

function shown(all: Case) {
  const played = play(all)!;
  const { text: previous, ours } = all;
  const span = { from: ours[0]!.from, to: ours.at(-1)!.to };
  const { sent, next, clean } = played;
  return { clean, next, found: reconcile({ previous, next, span, isAnswered: true, sent }, ours) };
}

const line = code.indexOf('  log(text)');
const word = code.indexOf('list[0]');
const insertion: Edit[] = [{ from: line, to: line, insert: '  // why: it may be empty\n' }];
const rename: Edit[] = [
  { from: word, to: word + 4, insert: 'collection' },
  { from: line + 6, to: line + 10, insert: 'collection' },
];

describe('an edit that landed where it stood before', () => {
  it.each<[string, Omit<Case, 'text'>]>([
    ['lines were typed above', { ours: insertion, at: 0, taken: 0, typed: '// a\n// b\n', before: 99 }],
    ['some of them afterwards', { ours: insertion, at: 0, taken: 0, typed: '// a\n// b\n// c\n', before: 5 }],
    ['typing went on in one line', { ours: insertion, at: 0, taken: 0, typed: '// a\n// b', before: 7 }],
    [
      'something was typed in front, in its own line',
      { ours: rename, at: word - 13, taken: 0, typed: 'жж', before: 99 },
    ],
    ['the line was broken in front', { ours: rename, at: word - 5, taken: 0, typed: '\n  ', before: 1 }],
    ['lines above were deleted', { ours: insertion, at: 0, taken: 30, typed: '', before: 0 }],
    ['something was typed over', { ours: insertion, at: 40, taken: 2, typed: '\nжж\n', before: 99 }],
  ])('is found: %s', (_, how) => {
    const { clean, found } = shown({ text: code, ...how });
    expect(found).toMatchObject({ ours: [], misplaced: { clean, isCertain: true } });
    expect(applyEdits(code, found.foreign)).toBe(clean);
  });

  it.each([
    ['at the end of a line that is too short', true, '// a; // why: it is so\n// b\n'],
    ['and that has become long enough since', true, '// a comment that goes on; // why: it is so\n'],
    ['or, in doubt, that has been broken since', false, '// a\n// b; // why: it is so\n'],
  ])('is found in what was typed: %s', (_, isCertain, typed) => {
    const insert = '; // why: it is so';
    const ours = [{ from: 19, to: 19, insert }];
    const sent = toSentEdits(createSnapshot('', 1, '', code), ours);
    const next = `${typed}${code}`;
    const clean = isCertain ? next.replace(insert, '') : next;
    const found = reconcile({ previous: code, next, span: { from: 0, to: 29 }, isAnswered: true, sent }, ours);
    expect(found).toMatchObject({ ours: [], misplaced: { clean, isCertain } });
  });

  it('in Windows, too', () => {
    const text = code.replaceAll('\n', '\r\n');
    const at = text.indexOf('  log(text)');
    const ours = [{ from: at, to: at, insert: '  // why\r\n' }];
    const { clean, found } = shown({ text, ours, at: 0, taken: 0, typed: '// a\r\n', before: 99 });
    expect(found).toMatchObject({ misplaced: { clean, isCertain: true } });
  });

  it('is put where its user had typed before, once the editor had told that', () => {
    const sent = toSentEdits(createSnapshot('', 1, '', code), insertion);
    const previous = `// a\n${code}`;
    const next = applyEdits(previous, placeSentEdits(previous, sent)!);
    const ours = insertion.map((edit) => ({ ...edit, from: edit.from + 5, to: edit.to + 5 }));
    const question = { previous, next, span: { from: 0, to: 0 }, isAnswered: true, sent };
    expect(reconcile(question, ours)).toMatchObject({ misplaced: { clean: previous, isCertain: true }, foreign: [] });
  });

  it('is found in a large document at once, whatever lies between', () => {
    const much = '  const a = 1;\n'.repeat(5000).replaceAll(/a/g, () => `a${Math.trunc(1e6 / 7)}`);
    const text = `${code}${[...much.split('\n').entries()].map(([i, one]) => `${one} // ${i}`).join('\n')}\n${code}`;
    const at = text.lastIndexOf('  log(text)');
    const ours = [{ from: at, to: at, insert: '  // why: it may be empty\n' }];
    const { clean, found } = shown({ text, ours, at: 0, taken: 0, typed: '// a\n// b\n', before: 99 });
    expect(found).toMatchObject({ misplaced: { clean, isCertain: true } });
  });

  it('is doubted where little speaks for it, unless the editor is known for it', () => {
    const ours = [{ from: line, to: line, insert: '\n' }];
    const { sent, next, clean } = play({ text: code, ours, at: 0, taken: 0, typed: 'ж\n', before: 99 })!;
    const question = { previous: code, next, span: { from: line, to: line }, isAnswered: true, sent };
    expect(reconcile(question, ours)).toMatchObject({ ours: [], misplaced: { clean: next, isCertain: false } });
    expect(reconcile({ ...question, isSuspect: true }, ours)).toMatchObject({ misplaced: { clean, isCertain: true } });
  });
});

describe('nothing is found', () => {
  it.each<[string, string]>([
    ['where the edit is in its place', applyEdits(code, insertion)],
    ['where it is in its place, and something was typed above', `// a\n${applyEdits(code, insertion)}`],
    ['where it is not there', `// a\n${code}`],
    ['where something else was typed', code.replace('text.trim()', 'жжж')],
  ])('%s', (_, next) => {
    const sent = toSentEdits(createSnapshot('', 1, '', code), insertion);
    const span = { from: line, to: line };
    expect(reconcile({ previous: code, next, span, isAnswered: true, sent }, insertion).misplaced).toBeUndefined();
  });
});

describe('what is believed', () => {
  const inserts = ['const total = sum(list);\n  ', '// why\n', 'count', '', 'x1', '\n  log(value);'];
  const edit = fc
    .record({ from: fc.nat(code.length), length: fc.nat(60), insert: fc.constantFrom(...inserts) })
    .map(({ from, length, insert }) => ({
      from,
      to: Math.min(code.length, from + (length > 40 ? 0 : length)),
      insert,
    }));
  const cases: fc.Arbitrary<Case> = fc.record({
    text: fc.constant(code),
    ours: fc
      .array(edit, { minLength: 1, maxLength: 3 })
      .map(apart)
      .filter((all) => all.length > 0),
    at: fc.nat(code.length - 3),
    taken: fc.constantFrom(0, 0, 0, 1, 2),
    typed: fc.array(fc.constantFrom('ж', 'щ', '\n', 'ю\n', 'ъыэ'), { maxLength: 8 }).map((all) => all.join('')),
    before: fc.nat(20),
  });

  it('is never wrong, wherever is typed, and is nearly always what is so', () => {
    let [believed, misplaced] = [0, 0];
    checked(
      fc.property(cases, (all) => {
        const played = play(all);
        if (!played) return;
        const { sent, next, clean } = played;
        const atMost = all.typed.length + all.taken;
        const right = applyEdits(code, all.ours);
        const found = findMisplaced({ previous: code, next, sent, right }, atMost + 10);
        if (!found || next === right || found.size > atMost) return;
        misplaced++;
        if (!found.isCertain) return;
        believed++;
        expect(found.clean).toBe(clean);
      }),
      0.04,
    );
    expect(believed).toBeGreaterThan(misplaced * 0.5);
  });
});

/** Sorted, with something between them, and each changes something. */
function apart(edits: readonly Edit[]): Edit[] {
  const all: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    if (edit.from > (all.at(-1)?.to ?? -1) + 1 && code.slice(edit.from, edit.to) !== edit.insert) all.push(edit);
  }
  return all;
}
