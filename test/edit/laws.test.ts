// The laws of every answer, however it is cut into chunks: random changes of random texts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../server/edit/create-engine.ts';
import { trimCommon } from '../../server/text/diff.ts';
import { applyEdits, type Edit, mapOffset, shiftEdits, sizeOfEdits } from '../../server/text/edit.ts';
import { splitsCharacter } from '../../server/text/tokens.ts';
import { checked } from '../text/property.ts';
import { type Block, blocksFor, cuts, errorsIn, randomEdit, withContext } from './edits.ts';
import { type Answer, type Streamed, stream } from './stream.ts';

const eol = fc.constantFrom('\n' as const, '\r\n' as const);

/** All laws together are tried on 10,000 cases, or on 200,000 in the long run. */
const laws = 12;
function law<T>(property: fc.IProperty<T>): void {
  checked(property, 1 / laws);
}

function final(streamed: Streamed): string {
  expect(['edited', 'unchanged']).toContain(streamed.finish.kind);
  return streamed.text;
}

const answerOf = (blocks: readonly Pick<Block, 'search' | 'lines'>[], eol: string): string =>
  blocks
    .map(({ search, lines }) => ['<<<<<<< SEARCH', ...search, '=======', ...lines, '>>>>>>> REPLACE'].join(eol))
    .join(eol);

describe('every search-replace answer', () => {
  it('becomes the new text exactly, in any order of its blocks', () => {
    law(
      fc.property(randomEdit, cuts, eol, eol, fc.boolean(), ({ base, target }, cuts, eol, answerEol, backwards) => {
        const blocks = blocksFor(base, target);
        if (backwards) blocks.reverse();
        const streamed = stream({
          base: base.join(eol),
          answer: answerOf(blocks, answerEol),
          cuts,
          eol,
          format: 'search-replace',
        });
        if (blocks.length === 0) expect(streamed.finish.kind).toBe('rejected');
        else expect(final(streamed)).toBe(target.join(eol));
      }),
    );
  });

  it('is the same with lines of context, in any order, whatever the neighbours of a block quote of it', () => {
    let shared = 0;
    const counts = { edited: 0, clashing: 0 };
    const quoted = fc.integer({ min: 1, max: 3 });
    law(
      fc.property(randomEdit, cuts, eol, quoted, fc.boolean(), ({ base, target }, cuts, eol, count, backwards) => {
        const blocks = withContext(base, blocksFor(base, target), count);
        fc.pre(blocks.length > 1);
        const parses = (candidate: string) => errorsIn(candidate) <= errorsIn(base.join(eol));
        fc.pre(parses(target.join(eol)));
        if (blocks.some(({ at }, i) => i > 0 && at < blocks[i - 1]!.at + blocks[i - 1]!.search.length)) shared++;
        if (backwards) blocks.reverse();
        const { finish, text, states } = stream({
          base: base.join(eol),
          answer: answerOf(blocks, '\n'),
          cuts,
          eol,
          format: 'search-replace',
          parses,
        });
        for (const state of states) expect(parses(state)).toBe(true);
        if (finish.kind === 'edited') expect(text).toBe(target.join(eol));
        else expect(finish).toMatchObject({ kind: 'rejected', reason: expect.stringMatching('change the same lines') });
        counts[finish.kind === 'edited' ? 'edited' : 'clashing']++;
      }),
    );
    expect(shared).toBeGreaterThan(300);
    // The way of an earlier block to its text may lead through lines that a later one changes: then it is rejected, and nothing is guessed.
    expect(counts.clashing / counts.edited).toBeLessThan(0.08);
  });

  it('is the same with any padding around both parts of a block', () => {
    const padding = fc.constantFrom([], [''], ['', '  ', '']);
    law(
      fc.property(randomEdit, cuts, padding, padding, ({ base, target }, cuts, before, after) => {
        fc.pre([base[0]!, base.at(-1)!].every((line) => line.trim() !== ''));
        const [search, replace] = [base, target].map((lines) => [...before, ...lines, ...after]);
        const answer = answerOf([{ search: search!, lines: replace! }], '\n');
        const streamed = stream({ base: base.join('\n'), answer, cuts, format: 'search-replace' });
        expect(final(streamed)).toBe(target.join('\n'));
      }),
    );
  });
});

describe('every rewrite', () => {
  it('becomes the new text exactly, in the line ends of the document', () => {
    law(
      fc.property(
        randomEdit,
        cuts,
        eol,
        eol,
        fc.constantFrom('', '\n', '\n\n'),
        ({ base, target }, cuts, eol, answerEol, end) => {
          const streamed = stream({
            base: base.join(eol) + end.replaceAll('\n', eol),
            answer: target.join(answerEol),
            cuts,
            eol,
          });
          expect(final(streamed)).toBe(target.join(eol) + end.replaceAll('\n', eol));
        },
      ),
    );
  });

  it('keeps the line ends of kept lines where they are mixed', () => {
    let unchanged = 0;
    law(
      fc.property(randomEdit, fc.array(eol, { minLength: 1, maxLength: 5 }), cuts, ({ base, target }, ends, cuts) => {
        const mixed = base.map((line, i) => (i === base.length - 1 ? line : line + ends[i % ends.length]!)).join('');
        const text = final(stream({ base: mixed, answer: target.join('\n'), cuts }));
        expect(text.replaceAll('\r\n', '\n')).toBe(target.join('\n'));
        if (base.join() !== target.join()) return;
        unchanged++;
        expect(text).toBe(mixed);
      }),
    );
    expect(unchanged).toBeGreaterThan(50);
  });

  it('gives the same edits for any chunks', () => {
    let accepted = 0;
    law(
      fc.property(randomEdit, cuts, eol, fc.boolean(), ({ base, target }, cuts, answerEol, gated) => {
        const text = base.join('\n');
        const parses = (candidate: string) => errorsIn(candidate) <= errorsIn(text);
        const options = { base: text, answer: target.join(answerEol), ...(gated && { parses }) };
        const whole = stream({ ...options, cuts: [1_000_000] });
        const cut = stream({ ...options, cuts });
        expect(cut.finish.kind).toBe(whole.finish.kind);
        if (whole.finish.kind === 'rejected') return;
        accepted++;
        expect(merged(cut.edits)).toEqual(merged(whole.edits));
      }),
    );
    expect(accepted).toBeGreaterThan(400);
  });

  it('is sound at every state, and rejected only if its end is not', () => {
    law(
      fc.property(randomEdit, cuts, ({ base, target }, cuts) => {
        const text = base.join('\n');
        const parses = (candidate: string) => errorsIn(candidate) <= errorsIn(text);
        const { finish, states } = stream({ base: text, answer: target.join('\n'), cuts, parses });
        for (const state of states) expect(parses(state)).toBe(true);
        expect(finish.kind === 'rejected').toBe(!parses(target.join('\n')));
      }),
    );
  });

  it('writes and deletes nothing twice', () => {
    law(
      fc.property(randomEdit, cuts, ({ base, target }, cuts) => {
        const { edits } = stream({ base: base.join('\n'), answer: target.join('\n'), cuts });
        expect(edits.reduce((sum, edit) => sum + edit.insert.length, 0)).toBeLessThanOrEqual(target.join('\n').length);
        expect(edits.reduce((sum, edit) => sum + edit.to - edit.from, 0)).toBeLessThanOrEqual(base.join('\n').length);
        for (const edit of edits) expect(base.join('\n').slice(edit.from, edit.to)).not.toBe(edit.insert);
      }),
    );
  });

  it('changes nothing for the same text, and white space alone for a new indentation', () => {
    law(
      fc.property(randomEdit, cuts, fc.constantFrom('', '  ', '\t'), fc.boolean(), ({ base }, cuts, by, less) => {
        const shift = (line: string) => (less ? line.trimStart() : line === '' ? line : by + line);
        const { edits } = stream({ base: base.join('\n'), answer: base.map(shift).join('\n'), cuts });
        for (const edit of edits) expect((base.join('\n').slice(edit.from, edit.to) + edit.insert).trim()).toBe('');
        if (by === '' && !less) expect(edits).toEqual([]);
      }),
    );
  });

  it('touches more than replacing what lies between the common start and end would in two of a hundred edits at most', () => {
    const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);
    const cases = fc.sample(fc.tuple(randomEdit, cuts), { numRuns: Math.ceil(10_000 / laws), seed });
    const more = cases.filter(([{ base, target }, cuts]) => {
      const [a, b] = [base.join('\n'), target.join('\n')];
      const { from, toA, toB } = trimCommon(a, b);
      return sizeOfEdits(stream({ base: a, answer: b, cuts }).edits) > toA - from + (toB - from);
    });
    expect(more.length / cases.length, `seed ${seed}`).toBeLessThanOrEqual(0.02);
  });

  it('goes through the scope once, from its start to its end', () => {
    law(
      fc.property(randomEdit, cuts, ({ base, target }, cuts) => {
        const { steps } = stream({ base: base.join('\n'), answer: target.join('\n'), cuts });
        let reached = 0;
        for (const { from, to } of steps.flatMap(({ hunks }) => hunks.flatMap(({ edits }) => edits))) {
          expect(from).toBeGreaterThanOrEqual(reached);
          reached = to;
        }
      }),
    );
  });

  it('keeps what the user types meanwhile: before, in what is done, in what is to come and behind', () => {
    law(
      fc.property(randomEdit, cuts, fc.nat(), fc.nat(), ({ base, target }, cuts, when, where) => {
        const { text, alone } = typeInto({ base: base.join('\n'), answer: target.join('\n'), cuts, when, where });
        expect(text.split(typed)).toHaveLength(2);
        expect(text.replace(typed, '')).toBe(alone);
      }),
    );
  });

  it('leaves what has not been streamed yet alone when it is cut off', () => {
    law(
      fc.property(randomEdit, fc.nat(), ({ base, target }, at) => {
        const tail = ['zyx wvu tsr;', 'qpo nml kji!', 'hgf edc baz?'];
        const text = [...base, ...tail].join('\n');
        const answer = [...target, ...tail].join('\n');
        const engine = createEngine({ base: text, eol: '\n', format: 'rewrite' });
        const { hunks } = engine.push(answer.slice(0, at % (target.join('\n').length + 1)));
        expect(
          applyEdits(text, sorted(hunks.flatMap((hunk) => [...hunk.edits]))).endsWith(`\n${tail.join('\n')}`),
        ).toBe(true);
      }),
    );
  });
});

const typed = '\u{1F98A} typed';
const around = '// around\n';

/**
 * Streams into a document with a line before and one behind the scope, in which the user types once: after `when` hunks, at `where`. Hunks
 * are carried through what happened before them; one that would write over what was typed ends the edit.
 */
function typeInto({ when, where, ...answer }: Answer & { readonly when: number; readonly where: number }) {
  const { steps, finish } = stream(answer);
  const hunks = [...steps.flatMap((step) => step.hunks), ...(finish.kind === 'edited' ? finish.hunks : [])];
  const turn = when % (hunks.length + 1);
  const before: (readonly Edit[])[] = [];
  const released: Edit[] = [];
  let text = around + answer.base + around;
  const apply = (edits: readonly Edit[]) => {
    text = applyEdits(text, edits);
    before.push(edits);
  };
  const type = () => {
    const at = where % (text.length + 1);
    const from = splitsCharacter(text, at) ? at - 1 : at;
    apply([{ from, to: from, insert: typed }]);
  };
  for (const [i, { edits }] of hunks.entries()) {
    if (i === turn) type();
    const placed = shiftEdits(edits, around.length).map((edit) => before.reduce(carry, edit));
    if (placed.some(({ from, to }) => text.slice(from, to).includes(typed))) break;
    apply(placed);
    released.push(...edits);
  }
  if (turn === hunks.length) type();
  return { text, alone: around + applyEdits(answer.base, sorted(released)) + around };
}

/** Where an edit is after earlier ones: behind what they inserted at its start, before what they inserted at its end. */
function carry({ from, to, insert }: Edit, earlier: readonly Edit[]): Edit {
  const start = mapOffset(from, earlier, 1);
  return { from: start, to: from === to ? start : Math.max(start, mapOffset(to, earlier, -1)), insert };
}

function sorted(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Edits that touch as one, so that only what they come to is compared. */
function merged(edits: readonly Edit[]): Edit[] {
  const out: Edit[] = [];
  for (const edit of sorted(edits)) {
    const last = out.at(-1);
    if (last && last.to === edit.from)
      out[out.length - 1] = { from: last.from, to: edit.to, insert: last.insert + edit.insert };
    else out.push(edit);
  }
  return out;
}
