// What the blocks of an answer have changed so far, and how a block that shares lines with them is carried out.
//
// Blocks quote lines that they do not change, so that they are found; two blocks may quote the same ones. What counts is what each of them changes: the lines
// that are left when those that its two parts have in common at both ends are taken off.

import { applyEdits, type Edit, sortEdits } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import type { BaseLines } from './base-lines.ts';
import type { LocatedText } from './locate-search.ts';
import { lineEditsOf, type Replacement } from './replacement.ts';

/** A block that was read to its end. */
export interface ReadBlock {
  readonly located: LocatedText;
  /** Its replacement, as it reads in the base. */
  readonly lines: readonly string[];
  readonly replacements: readonly Replacement[];
}

/** Lines `from`..`to` of the base, half-open, become `lines`; none on both sides: nothing changes. */
interface LineChange extends Span {
  readonly lines: readonly string[];
}

/** UTF-16 units that the blocks which share lines with one may have replaced: finding their edits once more takes some 10 ms for each 3,000. */
const maxCompared = 12_000;

export class EarlierBlocks {
  readonly #base: BaseLines;
  readonly #blocks: (ReadBlock & { readonly change: LineChange })[] = [];

  constructor(base: BaseLines) {
    this.#base = base;
  }

  add(block: ReadBlock): void {
    this.#blocks.push({ ...block, change: this.#changeOf(block) });
  }

  /** Whether a block that shares lines with `located` has changed something in it or at its edges: a rewrite of all its lines could write over that. */
  hasChanged(located: LocatedText): boolean {
    const { from, to } = located.span;
    return this.#blocks.some(
      (block) =>
        shareLines(block.located, located) && block.replacements.some((each) => each.from <= to && from <= each.to),
    );
  }

  /** Edits that change just what the block changes, beside all that was changed before; undefined if there are none. */
  place(block: Omit<ReadBlock, 'replacements'>): readonly Replacement[] | undefined {
    const change = this.#changeOf(block);
    if (isNothing(change)) return [];
    const { located } = block;
    if (located.how === 'inside' || this.#blocks.some((other) => changeTheSame(other.change, change))) return undefined;
    const sharing = this.#blocks.filter((other) => shareLines(other.located, located));
    if (sharing.some((other) => other.located.how === 'inside')) return undefined;
    const replacements = sharing.flatMap((other) => other.replacements);
    if (replacements.reduce((units, each) => units + sizeOf(each), 0) > maxCompared) return undefined;
    const taken = replacements.flatMap((each) => this.#editsOf(each));
    const beside = this.#blocks.filter((other) => !sharing.includes(other)).flatMap((other) => other.replacements);
    const expected = this.#with([...sharing.map((other) => other.change), change]);
    const way = this.#waysTo(change).find((each) => {
      // An earlier block may have found its way to the same text by lines that it did not change: then these are not where they were any more.
      const isExact = this.#textWith([...taken, ...this.#editsOf(each)]) === expected;
      return isExact && !beside.some((other) => overlaps(other, each));
    });
    return way && [way];
  }

  #changeOf({ located, lines }: Pick<ReadBlock, 'located' | 'lines'>): LineChange {
    const { fromA, toA, how, span } = located;
    if (how === 'inside') {
      const isSame = lines.join('\n') === this.#base.baseText.slice(span.from, span.to).replaceAll('\r\n', '\n');
      return isSame ? { from: fromA, to: fromA, lines: [] } : { from: fromA, to: toA, lines };
    }
    const most = Math.min(toA - fromA, lines.length);
    let start = 0;
    while (start < most && lines[start] === this.#base.text(fromA + start)) start++;
    let end = 0;
    while (end < most - start && lines[lines.length - 1 - end] === this.#base.text(toA - 1 - end)) end++;
    return { from: fromA + start, to: toA - end, lines: lines.slice(start, lines.length - end) };
  }

  /** Whole lines go with the line break behind them or with the one before. */
  #waysTo({ from, to, lines }: LineChange): Replacement[] {
    const base = this.#base;
    if (from < to && lines.length > 0)
      return [{ from: base.start(from), to: base.end(to - 1), text: lines.join('\n') }];
    const ways: Replacement[] = [];
    if (to < base.count) {
      ways.push({ from: base.start(from), to: base.start(to), text: lines.map((line) => `${line}\n`).join('') });
    }
    if (from > 0) {
      const text = lines.map((line) => `\n${line}`).join('');
      ways.push({ from: base.end(from - 1), to: from < to ? base.end(to - 1) : base.end(from - 1), text });
    }
    return ways;
  }

  /** The base's lines with changes that are apart from each other. */
  #with(changes: readonly LineChange[]): string {
    const all = Array.from({ length: this.#base.count }, (_, line) => this.#base.text(line));
    const fromTheEnd = [...changes].sort((a, b) => b.from - a.from || b.to - a.to);
    for (const { from, to, lines } of fromTheEnd) all.splice(from, to - from, ...lines);
    return all.join('\n');
  }

  /** The same text by edits, in the order of the answer; undefined if they overlap. */
  #textWith(edits: readonly Edit[]): string | undefined {
    const sorted = sortEdits(edits);
    if (sorted.some(({ from }, i) => i > 0 && from < sorted[i - 1]!.to)) return undefined;
    const { baseText, region } = this.#base;
    const text = applyEdits(baseText, sorted);
    return text.slice(region.from, text.length - (baseText.length - region.to)).replaceAll('\r\n', '\n');
  }

  #editsOf(replacement: Replacement): Edit[] {
    return lineEditsOf(this.#base.baseText, replacement, '\n').flat();
  }
}

const sizeOf = ({ from, to, text }: Replacement): number => to - from + text.length;

const isNothing = ({ from, to, lines }: LineChange): boolean => from === to && lines.length === 0;

function shareLines(a: LocatedText, b: LocatedText): boolean {
  if (a.how === 'inside' || b.how === 'inside') return overlaps(a.span, b.span);
  return a.fromA < b.toA && b.fromA < a.toA;
}

/** Whether both change one line, or insert at one place. */
function changeTheSame(a: LineChange, b: LineChange): boolean {
  if (isNothing(a)) return false;
  return overlaps(a, b) || (a.from === a.to && b.from === b.to && a.from === b.from);
}
