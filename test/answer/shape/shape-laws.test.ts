// What holds for any function of real code, here that of this repository: an answer in another shape gives the same new text, or a reason.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declarationIn } from '../../../server/answer/shape/declared-names.ts';
import { declaredIn } from '../../../server/answer/shape/declared-outline.ts';
import { blockEnd } from '../../../server/answer/shape/line-kinds.ts';
import { LcsText } from '../../../server/text/lcs.ts';
import { checked } from '../../text/property.ts';
import { sources } from '../../tidy/sources.ts';
import { shaped } from './shaped.ts';

interface Place {
  readonly name: string;
  readonly lines: readonly string[];
  /** The scope, half-open, without the comment above it. */
  readonly from: number;
  readonly to: number;
}

/** Every function and method of some lines of this repository, alone in its block. */
const places: readonly Place[] = sources.flatMap(({ path, text }) => {
  if (!path.endsWith('.ts') || /[«»]/.test(text)) return [];
  const lines = text.trimEnd().split('\n');
  return declaredIn(lines)
    .filter(({ kind }) => kind === 'function')
    .map(({ name, line, column }) => ({ name, lines, from: line, to: blockEnd(lines, line, column) }))
    .filter(({ from, to }) => to - from > 3 && to - from < 60 && !lines.slice(from, to).some((line) => /`/.test(line)));
});

/** A function with one of its inner lines changed. */
const edited = fc
  .record({ place: fc.constantFrom(...places), at: fc.nat() })
  .map(({ place: { name, lines, from, to }, at }) => {
    const old = lines.slice(from, to);
    const inner = from + 1 + (at % (to - from - 2));
    const fresh = old.map((line, i) => (from + i === inner ? `${line} // changed` : line));
    const before = lines.slice(0, from);
    const after = lines.slice(to);
    const document = `${[...before, ''].join('\n')}«${old.join('\n')}»${['', ...after, ''].join('\n')}`;
    return { name, document, before, fresh, after, old, changed: inner - from, wanted: fresh.join('\n') };
  });

function law<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  checked(fc.property(arbitrary, holds), 1 / 25);
}

/** Indentation is another stage's matter where the answer was no part of the scope. */
function trimmed(text: string): string {
  return text.trim().replace(/^[ \t]+/gm, '');
}

describe('the new text of a function', () => {
  it('passes as it is, at once', () => {
    law(edited, ({ document, fresh, wanted }) => {
      expect(shaped({ document, answer: wanted })).toMatchObject({ text: wanted, early: fresh.length, putRight: [] });
    });
  });

  it('is found in the whole file', () => {
    law(edited, ({ document, before, after, wanted }) => {
      expect(shaped({ document, answer: [...before, wanted, ...after].join('\n') }).text).toBe(wanted);
    });
  });

  it('is found behind and in front of any part of the file, or the answer is refused', () => {
    law(fc.tuple(edited, fc.nat(), fc.nat()), ([{ document, before, after, wanted }, above, below]) => {
      const front = before.slice(before.length - (above % (before.length + 1)));
      const behind = after.slice(0, below % (after.length + 1));
      const { text } = shaped({ document, answer: [...front, wanted, ...behind].join('\n') });
      if (text !== undefined) expect(trimmed(text)).toBe(trimmed(wanted));
    });
  });

  it('is not another function', () => {
    law(fc.tuple(edited, edited), ([{ document, old, name }, other]) => {
      fc.pre(
        other.name !== name &&
          !old.some((line) => declarationIn(line)?.name === other.name) &&
          !document.includes(`${other.old[0]!}\n`) &&
          // What has its name may be what became of it.
          !other.old.some((line) => line.includes(name.replace(/^[gs]et /, ''))) &&
          // Two functions that have much in common may be one with another name.
          shared(old, other.old) < 1 / 5 &&
          new LcsText(signature(old, name)).similarity(signature(other.old, other.name)) < 4 / 5,
      );
      const { text } = shaped({ document, answer: other.wanted });
      if (text !== undefined) expect.fail(`taken for ${old.join('\n')}:\n${text}`);
    });
  });

  it('is made of the changed line and those around it, or refused', () => {
    const counts = { right: 0, refused: 0 };
    law(
      fc.tuple(edited, fc.integer({ min: 0, max: 3 }), fc.boolean()),
      ([{ document, fresh, changed, wanted }, context, isFlush]) => {
        const lines = fresh.slice(Math.max(0, changed - context), changed + context + 1);
        const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
        const { text } = shaped({
          document,
          answer: (isFlush ? lines.map((line) => line.slice(margin)) : lines).join('\n'),
        });
        counts[text === undefined ? 'refused' : 'right']++;
        if (text !== undefined) expect(trimmed(text)).toBe(trimmed(wanted));
      },
    );
    expect(counts.right).toBeGreaterThan(counts.refused / 10);
  });
});

/** The lines up to the body, without the name. */
function signature(lines: readonly string[], name: string): string {
  const last = lines.findIndex((line) => line.trimEnd().endsWith('{'));
  return lines
    .slice(0, last + 1)
    .map((line) => line.trim())
    .join(' ')
    .replace(name, '');
}

/** The share of the lines of `some`, trimmed, that stand in `others`, too. */
function shared(some: readonly string[], others: readonly string[]): number {
  const keys = new Set(others.map((line) => line.trim()));
  const filled = some.map((line) => line.trim()).filter((key) => /\w/.test(key));
  return filled.filter((key) => keys.has(key)).length / Math.max(1, filled.length);
}
