// How far the rules let an item reach: the comments that belong to it, and whole lines.

import type { Span } from '../../../server/text/span.ts';
import type { Item, Judged } from './judged.ts';
import type { LineMap, Lines } from './line-map.ts';

type Comment = Judged['comments'][number];

/** What says of a comment that it is about the file and not about the code below. */
const aboutFile = /@(license|licence|file|fileoverview|module|packageDocumentation)\b/;

export class Extents {
  readonly #map: LineMap;
  readonly #comments: readonly Comment[];
  readonly #indented: boolean;
  readonly #known = new Map<Item, Span>();

  constructor(map: LineMap, { comments, indented = false }: Judged) {
    this.#map = map;
    this.#comments = comments;
    this.#indented = indented;
  }

  /** With its comments, and the rest of its lines if nothing else stands there. */
  of(item: Item): Span {
    let extent = this.#known.get(item);
    if (!extent) {
      extent = this.#widened({ from: this.#attachedFrom(item.from), to: item.to });
      this.#known.set(item, extent);
    }
    return extent;
  }

  /** The lines from its first comment to its own last one. */
  lines(item: Item): Lines {
    return this.#map.linesOf({ from: this.of(item).from, to: item.to });
  }

  /** The comment in which `offset` is. */
  commentAt(offset: number): Comment | undefined {
    const comment = this.#comments[this.#before(offset + 1)];
    return comment && offset < comment.to ? comment : undefined;
  }

  /** The lines of comments around the one at `offset`, without a blank line between. */
  commentRun(offset: number): Lines {
    const at = this.#before(offset + 1);
    let [first, last] = [at, at];
    const breaks = (a: Comment, b: Comment) => this.#breaks(a.to, b.from);
    while (first > 0 && breaks(this.#comments[first - 1]!, this.#comments[first]!) === 1) first--;
    while (last + 1 < this.#comments.length && breaks(this.#comments[last]!, this.#comments[last + 1]!) === 1) last++;
    if (!this.#isFirstOnLine(this.#comments[first]!.from)) first++;
    return this.#map.linesOf({ from: this.#comments[Math.min(first, at)]!.from, to: this.#comments[last]!.to });
  }

  /** Whether only blanks, comments and `;` are between two offsets. */
  isGap(from: number, to: number): boolean {
    let at = from;
    for (let index = this.#before(from) + 1; at < to; index++) {
      const comment = this.#comments[index];
      const end = Math.min(comment?.from ?? to, to);
      if (/[^\s;]/.test(this.#map.text.slice(at, end))) return false;
      at = comment && comment.from < to ? comment.to : to;
    }
    return true;
  }

  #attachedFrom(from: number): number {
    let start = from;
    for (let index = this.#before(from); index >= 0; index--) {
      const comment = this.#comments[index]!;
      const breaks = this.#breaks(comment.to, start);
      if (breaks === undefined || !this.#isAttached(comment, index, breaks)) return start;
      if (breaks > 1 && start !== from) return start;
      if (breaks > 0 && this.#indented && this.#column(comment.from) > this.#column(start)) return start;
      start = comment.from;
    }
    return start;
  }

  #isAttached(comment: Comment, index: number, breaks: number): boolean {
    if (breaks > 0 && !this.#isFirstOnLine(comment.from) && !this.#isBehindComment(index)) return false;
    return breaks < 2 || (breaks === 2 && comment.doc && !this.#isAboutFile(comment));
  }

  #isAboutFile({ from, to }: Comment): boolean {
    const before = this.#map.text.slice(0, from).replace(/^#!.*/, '');
    return before.trim() === '' || aboutFile.test(this.#map.text.slice(from, to));
  }

  #isBehindComment(index: number): boolean {
    const [before, comment] = [this.#comments[index - 1], this.#comments[index]!];
    return before !== undefined && this.#breaks(before.to, comment.from) === 0 && this.#isFirstOnLine(before.from);
  }

  /** How many line breaks are between two offsets; undefined if code is. */
  #breaks(from: number, to: number): number | undefined {
    const between = this.#map.text.slice(from, to);
    return /\S/.test(between) ? undefined : (between.match(/\r\n|\n|\r/g)?.length ?? 0);
  }

  #column(offset: number): number {
    return offset - this.#map.start(this.#map.lineOf(offset));
  }

  #isFirstOnLine(offset: number): boolean {
    return this.#map.text.slice(this.#map.start(this.#map.lineOf(offset)), offset).trim() === '';
  }

  #widened({ from, to }: Span): Span {
    const line = this.#map.lineOf(Math.max(to - 1, from));
    const lineEnd =
      this.#map.start(line) + this.#map.text.slice(this.#map.start(line), this.#map.end(line)).trimEnd().length;
    const tail = /^[\s;,]*/.exec(this.#map.text.slice(to, lineEnd))![0].length;
    const isLast = to + tail >= lineEnd || (this.commentAt(to + tail)?.to ?? 0) >= lineEnd;
    if (!isLast || !this.#isFirstOnLine(from)) return { from, to };
    return { from: this.#map.start(this.#map.lineOf(from)), to: Math.max(lineEnd, to) };
  }

  /** The index of the last comment that begins before `offset`. */
  #before(offset: number): number {
    let low = -1;
    let high = this.#comments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#comments[middle]!.from < offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
