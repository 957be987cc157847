// Which block of lines a cursor means, by their layout alone: indentation, brackets, and what headers look like.

import type { ScopeBounds, ScopeRequest } from '../scopes.ts';
import { definitionIn, isClassHeader } from './layout-headers.ts';
import { itemsOf, type LayoutItem } from './layout-items.ts';
import { isBlank, type LayoutLine, type LayoutWindow, windowAround } from './layout-lines.ts';

export interface LayoutScope {
  readonly kind: 'block' | 'paragraph' | 'insertion';
  /** UTF-16 offsets of the text; whole lines, empty for an insertion. */
  readonly from: number;
  readonly to: number;
}

export interface LayoutRequest {
  readonly request: ScopeRequest;
  readonly bounds: ScopeBounds;
  /** In a text that may be prose only what a bracket or a word of its own closes is a block. */
  readonly mayBeProse: boolean;
}

/** Levels of blocks in blocks that are looked at. */
const maxLevels = 40;

/** Undefined if the layout shows nothing at `offset`: the paragraph is meant. */
export function findByLayout(text: string, offset: number, asked: LayoutRequest): LayoutScope | undefined {
  const window = windowAround(text, offset);
  return window && new LayoutFinder(window, asked).find();
}

/** Lines `from` to before `to`. */
interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** What holds the cursor, on each level from the outermost: blocks in blocks, and at last the run of lines between blocks, if it is in one. */
interface Chain {
  readonly blocks: readonly LayoutItem[];
  readonly run?: LayoutItem;
  /** The blank lines between two items, at least one of them a block, on which the cursor stands. */
  readonly gap?: LineSpan;
}

class LayoutFinder {
  readonly #window: LayoutWindow;
  readonly #lines: readonly LayoutLine[];
  readonly #asked: LayoutRequest;

  constructor(window: LayoutWindow, asked: LayoutRequest) {
    this.#window = window;
    this.#lines = window.lines;
    this.#asked = asked;
  }

  find(): LayoutScope | undefined {
    const { blocks, run, gap } = this.#chain();
    const candidates = this.#inOrder(this.#sound(blocks));
    if (gap && !blocks.some((block) => this.#definition(block))) return this.#insertion(gap);
    const block = candidates.find((one) => this.#fits(one));
    if (block) return this.#scope('block', block);
    return run && this.#isWithin(run, this.#asked.bounds.maxLines) ? this.#scope('paragraph', run) : undefined;
  }

  #chain(): Chain {
    const { at } = this.#window;
    const blocks: LayoutItem[] = [];
    for (let part: LineSpan = { from: 0, to: this.#lines.length }; ; ) {
      const items = itemsOf(this.#lines, part.from, part.to, this.#level(part));
      const item = items.find(({ from, to }) => from <= at && at < to);
      if (!item) return { blocks, ...this.#gapIn(items, part) };
      if (!item.isBlock) return { blocks, run: item };
      if (!item.isClosed && this.#asked.mayBeProse) return { blocks };
      if (this.#isWhole(item)) blocks.push(item);
      const inner = this.#bodyAround(item);
      if (!inner || blocks.length === maxLevels) return { blocks };
      part = inner;
    }
  }

  /** The indentation of the outermost lines. */
  #level({ from, to }: LineSpan): number {
    let least = Number.POSITIVE_INFINITY;
    for (let at = from; at < to; at++) {
      const line = this.#lines[at]!;
      const isOutside = isBlank(line) || line.isInert || (line.text.startsWith('#') && line.indent === 0);
      if (!isOutside) least = Math.min(least, line.indent);
    }
    return Number.isFinite(least) ? least : 0;
  }

  /** The lines around the cursor that are further in than the block's header; undefined if it stands on its header, or on what closes it. */
  #bodyAround({ head, body, to }: LayoutItem): LineSpan | undefined {
    const { at } = this.#window;
    const { indent } = this.#lines[head]!;
    const isInside = (line: LayoutLine) => isBlank(line) || line.isInert || line.indent > indent;
    if (at < body || !isInside(this.#lines[at]!)) return undefined;
    let [from, end] = [at, at + 1];
    while (from > body && isInside(this.#lines[from - 1]!)) from--;
    while (end < to && isInside(this.#lines[end]!)) end++;
    const isEmpty = this.#lines.slice(from, end).every((line) => isBlank(line) || line.isInert);
    return isEmpty ? undefined : { from, to: end };
  }

  #gapIn(items: readonly LayoutItem[], part: LineSpan): Pick<Chain, 'gap'> {
    const { at, hasStart, hasEnd } = this.#window;
    const above = items.findLast(({ to }) => to <= at);
    const below = items.find(({ from }) => from > at);
    const shows = (item: LayoutItem | undefined) => item?.isBlock && (item.isClosed || !this.#asked.mayBeProse);
    if (!shows(above) && !shows(below)) return {};
    const isTop = part.from === 0 && part.to === this.#lines.length;
    if ((!above && !(isTop && hasStart)) || (!below && !(isTop && hasEnd))) return {};
    return { gap: { from: above?.to ?? part.from, to: below?.from ?? part.to } };
  }

  /** Whether no part of it may be outside of the window. */
  #isWhole({ from, to }: LayoutItem): boolean {
    const { hasStart, hasEnd } = this.#window;
    return (from > 0 || hasStart) && (to < this.#lines.length || hasEnd);
  }

  /** Those whose brackets go together; all of them where those of the text do not. */
  #sound(blocks: readonly LayoutItem[]): readonly LayoutItem[] {
    const isSound = this.#isBalanced({ from: 0, to: this.#lines.length });
    return isSound ? blocks.filter((block) => this.#isBalanced(block)) : blocks;
  }

  #isBalanced({ from, to }: LineSpan): boolean {
    const before = from === 0 ? 0 : this.#lines[from - 1]!.depth;
    if (this.#lines[to - 1]!.depth !== before) return false;
    return this.#lines.slice(from, to).every(({ depth }) => depth >= before);
  }

  /** The most wanted first: a function with what is in it, else from the outside in. */
  #inOrder(blocks: readonly LayoutItem[]): readonly LayoutItem[] {
    const { request } = this.#asked;
    const classes = blocks.findLastIndex((block) => isClassHeader(this.#header(block)));
    if (request === 'class') return blocks.slice(Math.max(classes, 0));
    const kinds = blocks.map((block) => this.#definition(block));
    const certain = kinds.lastIndexOf('certain');
    const best = certain >= 0 ? certain : kinds.indexOf('likely');
    return best >= 0 ? blocks.slice(best) : blocks;
  }

  #definition(block: LayoutItem): ReturnType<typeof definitionIn> {
    return definitionIn(this.#header(block));
  }

  /** With the lines that its parameters go on. */
  #header({ head, body, to }: LayoutItem): string {
    const before = head === 0 ? 0 : this.#lines[head - 1]!.depth;
    const isOpen = ({ text, depth }: LayoutLine) => depth > before && !/[{:;]$/.test(text);
    let last = body;
    while (last < to && isOpen(this.#lines[last - 1]!)) last++;
    return this.#lines
      .slice(head, Math.min(last, head + 8))
      .map(({ text }) => text)
      .join(' ');
  }

  #fits(block: LayoutItem): boolean {
    const { maxLines, maxModuleLines } = this.#asked.bounds;
    return this.#isWithin(block, this.#definition(block) ? maxLines : Math.min(maxLines, maxModuleLines));
  }

  #isWithin({ from, to }: LineSpan, maxLines: number): boolean {
    const chars = this.#lines[to - 1]!.to - this.#lines[from]!.from;
    return to - from <= maxLines && chars <= this.#asked.bounds.maxChars;
  }

  #scope(kind: LayoutScope['kind'], { from, to }: LineSpan): LayoutScope {
    return { kind, from: this.#lines[from]!.from, to: this.#lines[to - 1]!.to };
  }

  /** With one blank line that one, with two the second, with more a middle one. */
  #insertion({ from, to }: LineSpan): LayoutScope {
    const count = to - from;
    const at = this.#lines[from + (count === 2 ? 1 : (count - 1) >> 1)]!.from;
    return { kind: 'insertion', from: at, to: at };
  }
}
