// Random bases and random changes of them, for the laws: functions of made-up lines, changed as models change code.

import fc from 'fast-check';

const sampleWords = [
  'const',
  'total',
  'return',
  'items',
  'if (ready) {',
  '}',
  'await',
  'value',
  'e\u0301t\u00e9',
  '\u{1F600}',
  'x',
  '=',
  '// note',
  'call(a, b)',
];

const indent = fc.constantFrom('', '  ', '    ', '\t', '\t\t');
const code = fc.array(fc.constantFrom(...sampleWords), { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(indent, code).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.tuple(indent, fc.constantFrom('}', '})', 'else {')).map((parts) => parts.join('')) },
);

type Change = (lines: readonly string[]) => string[];

const at = fc.nat({ max: 1000 });
const few = fc.integer({ min: 1, max: 4 });
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(at, fc.array(line, { minLength: 1, maxLength: 5 })).map(
    ([where, added]): Change =>
      (lines) =>
        lines.toSpliced(where % (lines.length + 1), 0, ...added),
  ),
  fc.tuple(at, few).map(
    ([where, count]): Change =>
      (lines) =>
        lines.toSpliced(where % lines.length, count),
  ),
  fc.tuple(at, line).map(
    ([where, added]): Change =>
      (lines) =>
        lines.with(where % lines.length, added),
  ),
  fc.tuple(at, at, code).map(
    ([where, column, word]): Change =>
      (lines) => {
        const index = where % lines.length;
        const points = [...lines[index]!];
        return lines.with(index, points.toSpliced(column % (points.length + 1), 0, word).join(''));
      },
  ),
  fc.tuple(at, few, indent).map(
    ([where, count, by]): Change =>
      (lines) =>
        lines.map((each, i) => (i >= where % lines.length && i < (where % lines.length) + count ? by + each : each)),
  ),
  fc.tuple(at, at, few).map(
    ([from, to, count]): Change =>
      (lines) => {
        const moved = lines.slice(from % lines.length, (from % lines.length) + count);
        const rest = lines.toSpliced(from % lines.length, count);
        return rest.toSpliced(to % (rest.length + 1), 0, ...moved);
      },
  ),
);

export interface RandomEdit {
  readonly base: readonly string[];
  readonly target: readonly string[];
}

/** Lines before and after; neither starts nor ends with an empty line, and neither is empty. */
export const randomEdit: fc.Arbitrary<RandomEdit> = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 25 }), fc.array(changes, { maxLength: 4 }))
  .map(([lines, all]) => {
    const base = trimmed(lines);
    return { base, target: trimmed(all.reduce((each, change) => (each.length === 0 ? each : change(each)), base)) };
  })
  .filter(({ base, target }) => base.length > 0 && target.length > 0);

function trimmed(lines: readonly string[]): string[] {
  const from = lines.findIndex((each) => each !== '');
  return lines.every((each) => each.trim() === '')
    ? []
    : lines.slice(from, lines.findLastIndex((each) => each !== '') + 1);
}

/** Lengths of chunks, single units included, so that CRLF and surrogate pairs are cut. */
export const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 });

/** Unmatched brackets: the error nodes of a made-up language. */
export function errorsIn(text: string): number {
  let depth = 0;
  let unmatched = 0;
  for (const unit of text) {
    if (unit === '{') depth++;
    else if (unit === '}' && depth-- === 0) {
      unmatched++;
      depth = 0;
    }
  }
  return unmatched + depth;
}

export interface Block {
  /** The first line of `search` in the base. */
  readonly at: number;
  readonly search: readonly string[];
  readonly lines: readonly string[];
}

/** Blocks that turn one list of lines into the other: what lies between the lines that occur once on each side, with them as context. */
export function blocksFor(base: readonly string[], target: readonly string[]): Block[] {
  if (base.join('\n') === target.join('\n')) return [];
  const once = (lines: readonly string[], line: string) =>
    lines.filter((each) => each.trim() === line.trim()).length === 1;
  const anchors: [number, number][] = [];
  base.forEach((line, at) => {
    const other = target.indexOf(line);
    const free = other > (anchors.at(-1)?.[1] ?? -1);
    if (line.trim() !== '' && free && once(base, line) && once(target, line)) anchors.push([at, other]);
  });
  const blocks: Block[] = [];
  let from: [number, number] = [0, 0];
  for (const [at, other] of [...anchors, [base.length, target.length] as [number, number]]) {
    const search = base.slice(from[0], at);
    const lines = target.slice(from[1], other);
    if (search.join('\n') !== lines.join('\n')) blocks.push({ at: from[0], search, lines });
    from = [at, other];
  }
  const whole = [{ at: 0, search: base, lines: target }];
  return blocks.some(({ search }) => search.every((line) => line.trim() === '') || isRepeated(base, search))
    ? whole
    : blocks;
}

function isRepeated(base: readonly string[], search: readonly string[]): boolean {
  return base.filter((_, at) => search.every((line, i) => base[at + i] === line)).length > 1;
}

/** The blocks with up to `count` more lines of the base on each side: neighbours may quote the same lines, or lines that the other one changes. */
export function withContext(base: readonly string[], blocks: readonly Block[], count: number): Block[] {
  return blocks.map(({ at, search, lines }) => {
    const before = base.slice(Math.max(0, at - count), at);
    const after = base.slice(at + search.length, at + search.length + count);
    return { at: at - before.length, search: [...before, ...search, ...after], lines: [...before, ...lines, ...after] };
  });
}
