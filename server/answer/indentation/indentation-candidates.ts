// The ways in which the indentation of an answer may be meant, before its lines have been looked at.

import { indentOf } from '../../text/lines.ts';
import type { IndentationBase } from './indentation-base.ts';
import { IndentCandidate } from './indentation-evidence.ts';
import { IndentReading, type Shift } from './indentation-reading.ts';
import { lessIndent } from './indentation-units.ts';

/** Where the first line of the answer stands: not where the scope's does, inside a line, or where it should (`level`: `line` is the first one that asks for more). */
export type Beginning = 'elsewhere' | 'inside' | 'level';

/** How likely each is, in the points of `indentation-evidence.ts`, if nothing else is known. */
const prior = {
  placed: 1,
  inside: 0.6,
  moved: 0.1,
  movedInside: -1.5,
  unit: 0.6,
  rareUnit: -0.5,
  rest: -0.5,
  both: -0.6,
};

export function candidatesFor(base: IndentationBase, line: string, beginning: Beginning): IndentCandidate[] {
  const { unit } = base;
  const units = unit === undefined ? [''] : [...new Set([unit, '\t', '  ', '    ', '   ', '        '])];
  return shiftsFor(base, line, beginning).flatMap(({ shift, points }) =>
    units.map((from) => {
      const reading = new IndentReading({ shift, scopeIndent: base.scopeIndent, from, to: unit ?? '' });
      // Who strips an answer strips what it was written in: the document's unit, as a rule.
      const both = reading.converts && shift.kind === 'first' ? prior.both : 0;
      const rarity = from === unit ? prior.unit : from.length === 3 || from.length === 8 ? prior.rareUnit : 0;
      return new IndentCandidate(reading, base, points + rarity + both);
    }),
  );
}

function shiftsFor(base: IndentationBase, line: string, beginning: Beginning): { shift: Shift; points: number }[] {
  const own = indentOf(line);
  const { scopeIndent } = base;
  const moved = { shift: { kind: 'moved', own } as const, points: prior.moved };
  const first = { shift: { kind: 'first' } as const, points: 0 };
  const placed = { shift: { kind: 'placed' } as const, points: prior.placed };
  if (beginning === 'inside') {
    const flush = { shift: { kind: 'rest', by: scopeIndent } as const, points: prior.movedInside };
    // Where the scope itself has lines further out than its own, these tell nothing.
    const isOrderly = base.least >= base.width(scopeIndent);
    return isOrderly ? [{ ...placed, points: prior.inside }, flush] : [placed];
  }
  if (beginning === 'elsewhere') {
    // Who trims a first line does not move it in; a single blank is left of what stood in front of it.
    if (base.width(own) > base.width(scopeIndent) + 1) return [moved, placed];
    const isRagged = base.width(scopeIndent) > base.least && base.width(own) >= base.least;
    return [moved, first, ...(isRagged ? [{ ...placed, points: 0 }] : [])];
  }
  if (scopeIndent === '') return [placed];
  // Counted from the place in which a line behind the beginning of a block stands, or as if the answer were flush left.
  const shifts = new Set([scopeIndent, lessIndent(scopeIndent + (base.unit ?? ''), own)]);
  return [
    placed,
    ...[...shifts]
      .filter((by) => by !== '')
      .map((by) => ({ shift: { kind: 'rest', by } as const, points: prior.rest })),
  ];
}
