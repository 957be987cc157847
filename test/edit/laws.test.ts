// What holds of every answer, however it is cut into chunks: random changes of random texts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../server/edit/create-engine.ts';
import { applyEdits, type Edit } from '../../server/text/edit.ts';
import { checked } from '../text/property.ts';
import { blocksFor, cuts, faults, randomEdit } from './edits.ts';
import { type Streamed, stream } from './stream.ts';

const eol = fc.constantFrom('\n' as const, '\r\n' as const);

function final(streamed: Streamed): string {
  expect(['edited', 'unchanged']).toContain(streamed.finish.kind);
  return streamed.text;
}

describe('every search-replace answer', () => {
  it('becomes the new text exactly, in any order of its blocks', () => {
    checked(
      fc.property(randomEdit, cuts, eol, eol, fc.boolean(), ({ base, target }, cuts, eol, answerEol, backwards) => {
        const blocks = blocksFor(base, target);
        if (backwards) blocks.reverse();
        const answer = blocks.map(({ search, lines }) =>
          ['<<<<<<< SEARCH', ...search, '=======', ...lines, '>>>>>>> REPLACE'].join(answerEol),
        );
        const streamed = stream({
          base: base.join(eol),
          answer: answer.join(answerEol),
          cuts,
          eol,
          format: 'search-replace',
        });
        if (blocks.length === 0) expect(streamed.finish.kind).toBe('rejected');
        else expect(final(streamed)).toBe(target.join(eol));
      }),
    );
  });
});

describe('every rewrite', () => {
  it('becomes the new text exactly, in the line ends of the document', () => {
    checked(
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
    checked(
      fc.property(randomEdit, fc.array(eol, { minLength: 1, maxLength: 5 }), cuts, ({ base, target }, ends, cuts) => {
        const mixed = base.map((line, i) => (i === base.length - 1 ? line : line + ends[i % ends.length]!)).join('');
        const text = final(stream({ base: mixed, answer: target.join('\n'), cuts }));
        expect(text.replaceAll('\r\n', '\n')).toBe(target.join('\n'));
        if (base.join() === target.join()) expect(text).toBe(mixed);
      }),
      0.5,
    );
  });

  it('gives the same edits for any chunks', () => {
    checked(
      fc.property(randomEdit, cuts, fc.boolean(), ({ base, target }, cuts, gated) => {
        const text = base.join('\n');
        const parses = (candidate: string) => faults(candidate) <= faults(text);
        const options = { base: text, answer: target.join('\n'), ...(gated && { parses }) };
        const whole = stream({ ...options, cuts: [1_000_000] });
        const cut = stream({ ...options, cuts });
        expect(cut.finish.kind).toBe(whole.finish.kind);
        if (whole.finish.kind !== 'rejected') expect(merged(cut.edits)).toEqual(merged(whole.edits));
      }),
      0.5,
    );
  });

  it('is sound at every state, and rejected only if its end is not', () => {
    checked(
      fc.property(randomEdit, cuts, ({ base, target }, cuts) => {
        const text = base.join('\n');
        const parses = (candidate: string) => faults(candidate) <= faults(text);
        const { finish, states } = stream({ base: text, answer: target.join('\n'), cuts, parses });
        for (const state of states) expect(parses(state)).toBe(true);
        expect(finish.kind === 'rejected').toBe(!parses(target.join('\n')));
      }),
    );
  });

  it('writes and deletes nothing twice', () => {
    checked(
      fc.property(randomEdit, cuts, ({ base, target }, cuts) => {
        const { edits } = stream({ base: base.join('\n'), answer: target.join('\n'), cuts });
        expect(edits.reduce((sum, edit) => sum + edit.insert.length, 0)).toBeLessThanOrEqual(target.join('\n').length);
        expect(edits.reduce((sum, edit) => sum + edit.to - edit.from, 0)).toBeLessThanOrEqual(base.join('\n').length);
        for (const edit of edits) expect(base.join('\n').slice(edit.from, edit.to)).not.toBe(edit.insert);
      }),
    );
  });

  it('changes nothing for the same text, and white space alone for a new indentation', () => {
    checked(
      fc.property(randomEdit, cuts, fc.constantFrom('', '  ', '\t'), fc.boolean(), ({ base }, cuts, by, less) => {
        const shift = (line: string) => (less ? line.trimStart() : line === '' ? line : by + line);
        const { edits } = stream({ base: base.join('\n'), answer: base.map(shift).join('\n'), cuts });
        for (const edit of edits) expect((base.join('\n').slice(edit.from, edit.to) + edit.insert).trim()).toBe('');
        if (by === '' && !less) expect(edits).toEqual([]);
      }),
    );
  });

  it('leaves what has not been streamed yet alone when it is cut off', () => {
    checked(
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
