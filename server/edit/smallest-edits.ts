// The edits with the fewest characters that turn one piece of code into another, in bounded time.

import { alignIds } from '../text/align.ts';
import { diffTexts } from '../text/diff.ts';
import { type Edit, shiftEdits } from '../text/edit.ts';
import { charTokens, createIntern } from '../text/tokens.ts';

/** UTF-16 units on both sides together; above this, lines are paired before characters. The time grows with the square: 3,000 take some 10 ms. */
const charUnits = 3000;

/** Edits (offsets into `old`) that turn `old` into `text`; both have `\n` line ends. */
export function smallestEdits(old: string, text: string): Edit[] {
  if (old === '' || text === '') return diffTexts(old, text);
  return old.length + text.length <= charUnits ? byCharacters(old, text) : byLines(old, text);
}

/** Pairing lines first, as `diffTexts` does, would touch some 2 % more characters. */
function byCharacters(old: string, text: string): Edit[] {
  const a = charTokens(old);
  const b = charTokens(text);
  return alignIds(a.ids, b.ids).map(({ fromA, toA, fromB, toB }) => ({
    from: a.starts[fromA]!,
    to: a.starts[toA]!,
    insert: text.slice(b.starts[fromB]!, b.starts[toB]!),
  }));
}

/** Lines are paired whatever their indentation: code that was wrapped in a block keeps everything but its indentation. */
function byLines(old: string, text: string): Edit[] {
  const intern = createIntern();
  const a = linesOf(old, intern);
  const b = linesOf(text, intern);
  const edits: Edit[] = [];
  const between = (fromA: number, toA: number, fromB: number, toB: number) => {
    const from = a.starts[fromA]!;
    const oldPart = old.slice(from, a.starts[toA]);
    const newPart = text.slice(b.starts[fromB], b.starts[toB]);
    const isShort = oldPart.length + newPart.length <= charUnits;
    if (oldPart !== newPart) edits.push(...shiftEdits((isShort ? smallestEdits : diffTexts)(oldPart, newPart), from));
  };
  let nextA = 0;
  let nextB = 0;
  for (const gap of [...alignIds(a.ids, b.ids), { fromA: a.count, toA: a.count, fromB: b.count, toB: b.count }]) {
    while (nextA < gap.fromA) between(nextA, ++nextA, nextB, ++nextB);
    between(gap.fromA, gap.toA, gap.fromB, gap.toB);
    [nextA, nextB] = [gap.toA, gap.toB];
  }
  return edits;
}

/** Each line's number, equal for lines that differ in indentation alone, and where it starts. */
function linesOf(text: string, intern: (line: string) => number) {
  const lines = text.split('\n');
  const starts = [0];
  for (const line of lines) starts.push(Math.min(text.length, starts.at(-1)! + line.length + 1));
  return { ids: Int32Array.from(lines, (line) => intern(line.trim())), starts, count: lines.length };
}
