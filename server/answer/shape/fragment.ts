// Finds the place of changed lines in the scope that they were taken from, where only one can be meant.

import { LcsText } from '../../text/lcs.ts';
import { columnOf, goesOnBelow, isWeighty } from './line-kinds.ts';
import { mayBecome, pairLines } from './line-likeness.ts';

/** Where a fragment belongs: lines of the scope, half-open, and which of its lines stand for which lines of the scope. */
export interface Placement {
  readonly from: number;
  readonly to: number;
  /** For each line of the fragment the line of the scope that it stands for, or -1. */
  readonly pairs: readonly number[];
}

/** Lines of the scope times lines of a fragment. Bounds the work: larger tables are not computed, and no place is certain. */
const maxCells = 200_000;

/** The only place for `fragment`, without blank lines at its ends; undefined if there is none, or if it is not certain. `lines`: the scope's. */
export function placeOfFragment(fragment: readonly string[], lines: readonly string[]): Placement | undefined {
  if (fragment.length * lines.length > maxCells) return undefined;
  const placement = betweenEnds(fragment, lines) ?? likeOneRun(fragment, lines);
  if (!placement || !isChange(placement, fragment, lines)) return undefined;
  return standsAlike(placement, fragment, lines) ? placement : undefined;
}

/** The first line and the last one are lines of the scope that occur once; what lies between them there is replaced. */
function betweenEnds(fragment: readonly string[], lines: readonly string[]): Placement | undefined {
  if (fragment.length < 2) return undefined;
  const from = onlyIndexOf(fragment[0]!, lines);
  const last = onlyIndexOf(fragment.at(-1)!, lines);
  if (from < 0 || last <= from) return undefined;
  const pairs = pairLines(fragment, lines.slice(from, last + 1)).map((line) => (line < 0 ? -1 : line + from));
  return leavesOut(pairs, lines) ? undefined : { from, to: last + 1, pairs };
}

function onlyIndexOf(line: string, lines: readonly string[]): number {
  const key = line.trim();
  const index = lines.findIndex((each) => each.trim() === key);
  return lines.some((each, i) => i > index && each.trim() === key) ? -1 : index;
}

/** Whether lines of the scope that say something would go with too little in their place: two stretches may have been given as one. */
function leavesOut(pairs: readonly number[], lines: readonly string[]): boolean {
  let next = pairs[0]!;
  let fresh = 0;
  for (const line of pairs) {
    if (line < 0) fresh++;
    else {
      const gone = lines.slice(next, line).filter((each) => isWeighty(each.trim())).length;
      if (gone > 2 * fresh) return true;
      next = line + 1;
      fresh = 0;
    }
  }
  return false;
}

/** So much of the characters must agree over all lines, weighted by their lengths. */
const minRunLikeness = 0.6;
/** And so much less may they at any other place. */
const minLead = 0.2;

/** Each line is the new text of one line of the scope, all of them in a row. */
function likeOneRun(fragment: readonly string[], lines: readonly string[]): Placement | undefined {
  const scores = scoresOf(fragment, lines);
  const best = Math.max(...scores);
  const from = scores.indexOf(best);
  if (best < minRunLikeness || scores.some((score, i) => i !== from && score > best - minLead)) return undefined;
  const old = lines.slice(from, from + fragment.length);
  if (!isWhole(fragment) || !isWhole(old)) return undefined;
  if (fragment.some((line, i) => !mayBecome(old[i]!.trim(), line.trim(), lines))) return undefined;
  return { from, to: from + fragment.length, pairs: fragment.map((_, i) => from + i) };
}

/** How alike the fragment and the lines from each line of the scope on are, from 0 to 1. */
function scoresOf(fragment: readonly string[], lines: readonly string[]): number[] {
  const size = fragment.reduce((sum, line) => sum + line.trim().length, 0);
  const likeness = fragment.map((line) => {
    const text = new LcsText(line.trim());
    return lines.map((each) => (text.similarity(each.trim()) * text.text.length) / size);
  });
  return Array.from({ length: Math.max(0, lines.length - fragment.length + 1) }, (_, from) =>
    likeness.reduce((sum, row, i) => sum + row[from + i]!, 0),
  );
}

/** Whether the lines close what they open, and nothing else. */
function isWhole(lines: readonly string[]): boolean {
  let depth = 0;
  for (const char of lines.join('\n')) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char) && --depth < 0) return false;
  }
  return depth === 0 && !goesOnBelow(lines.at(-1)!.trim());
}

function isChange({ from, to }: Placement, fragment: readonly string[], lines: readonly string[]): boolean {
  return to - from !== fragment.length || fragment.some((line, i) => line.trim() !== lines[from + i]!.trim());
}

/**
 * Whether paired lines stand where they stood, or all are moved by the same up to the margin: else the fragment may be a part that was moved into a block, or out
 * of one. The first line may have lost its indentation.
 */
function standsAlike(
  { pairs }: Pick<Placement, 'pairs'>,
  fragment: readonly string[],
  lines: readonly string[],
): boolean {
  const isOneToOne = pairs.every((line) => line >= 0);
  const shifts = pairs.flatMap((line, i) => {
    const key = fragment[i]!.trim();
    const isSure = line >= 0 && key !== '' && (isOneToOne || key === lines[line]!.trim());
    return isSure ? [{ i, shift: columnOf(lines[line]!) - columnOf(fragment[i]!) }] : [];
  });
  const rest = shifts.filter(({ i }) => i > 0);
  const [{ shift } = { shift: 0 }] = rest.length > 0 ? rest : shifts;
  if (rest.some((one) => one.shift !== shift)) return hasOtherWidth({ pairs }, fragment, lines);
  const margin = fragment.filter((line, i) => line.trim() !== '' && (i > 0 || rest.length === 0)).map(columnOf);
  if (shift !== 0 && Math.min(...margin) !== 0) return false;
  const [first] = shifts;
  return first?.i !== 0 || first.shift === shift || columnOf(fragment[0]!) === 0;
}

/** So few lines that stand alike may do so by chance. */
const leastAlike = 3;

/** Whether a fragment at the margin has levels of half the width of the scope's, or of twice that. */
function hasOtherWidth(
  { pairs }: Pick<Placement, 'pairs'>,
  fragment: readonly string[],
  lines: readonly string[],
): boolean {
  const columns = pairs.flatMap((line, i) =>
    line >= 0 && fragment[i]!.trim() !== '' && fragment[i]!.trim() === lines[line]!.trim()
      ? [{ answer: columnOf(fragment[i]!), document: columnOf(lines[line]!) }]
      : [],
  );
  const first = columns.find(({ answer }) => answer === 0);
  if (!first || columns.length < leastAlike) return false;
  return [0.5, 2].some((ratio) =>
    columns.every(({ answer, document }) => document === first.document + answer * ratio),
  );
}
