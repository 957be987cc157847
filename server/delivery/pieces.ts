// What of an edit has landed in a document and is still as we left it: the memory behind `revert`.
// All offsets are into the document's latest text; the owner maps them through every change.

import { applyEdits, type Edit, shiftEdits } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import type { Outgoing } from './outgoing.ts';
import { type Change, mapSpan, mayTouch, within } from './retell.ts';

/** One landed edit. `span` holds our text now (empty for a deletion), `original` is what stood there before. */
interface Piece {
  readonly id: number;
  readonly span: Span;
  readonly original: string;
  /** Edits of one hunk only make sense together: they are taken back together or not at all. */
  readonly hunk: number;
}

/** What could be taken back at some moment, for `Pieces.recall`. */
export interface Memory {
  readonly pieces: readonly Piece[];
  /** Where the region began then. */
  readonly from: number;
}

/** Before anything had landed. */
export const nothing: Memory = { pieces: [], from: 0 };

export class Pieces {
  #pieces: readonly Piece[] = [];
  #numbers = 0;
  /** Hunks that somebody else changed: nothing of them is kept, nor what of them lands later. */
  readonly #touched = new Set<number>();

  /** A number that no hunk and no piece has. */
  nextNumber(): number {
    return ++this.#numbers;
  }

  /** Whether there is nothing that could be taken back. */
  get empty(): boolean {
    return this.#pieces.length === 0;
  }

  /**
   * Edits of ours landed: sorted, in offsets into `text`, the text before any of them. Pieces under them become one with them, and remember the
   * oldest text; what leads back to that is forgotten.
   */
  landed(text: string, landing: readonly Outgoing[]): void {
    const groups = group(this.#pieces, landing);
    const under = new Set(groups.flatMap(({ pieces }) => pieces));
    const kept = this.#pieces.filter((piece) => !under.has(piece));
    // In the order in which they stood: two that are empty may come to stand at one place.
    const all = [...kept, ...groups].sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
    let shift = 0;
    this.#pieces = all.flatMap((each) => {
      const from = each.span.from + shift;
      if ('id' in each) return [{ ...each, span: { from, to: each.span.to + shift } }];
      const { original, now, hunk } = merge(text, each);
      shift += now.length - (each.span.to - each.span.from);
      return original === now ? [] : [{ id: this.nextNumber(), span: { from, to: from + now.length }, original, hunk }];
    });
    for (const one of groups) this.#join(one);
    this.#forgetTouched();
  }

  /** The document changed by `edits`, but none of the pieces did. They stay within the region, which is at `region` now. */
  moved(edits: readonly Edit[], region: Span): void {
    this.#pieces = this.#pieces.map((piece) => ({ ...piece, span: within(mapSpan(piece.span, edits, false), region) }));
  }

  /** Somebody else changed the region. Where it can't be told whether they changed a piece, they did: nothing of theirs may get lost. */
  changed(change: Omit<Change, 'next'>, region: Span): void {
    for (const { span, hunk } of this.#pieces) if (mayTouch(change, span)) this.#touched.add(hunk);
    this.#forgetTouched();
    this.moved(change.edits, region);
  }

  remember({ from }: Span): Memory {
    return { pieces: this.#pieces, from };
  }

  /**
   * The region, at `region` now, reads again what it read when `memory` was made: somebody undid all since, and it takes no guess what stands where. What
   * somebody had changed meanwhile stays theirs.
   */
  recall({ pieces, from }: Memory, region: Span): void {
    const shift = region.from - from;
    this.#pieces = pieces.map((piece) => ({ ...piece, span: shiftSpan(piece.span, shift) }));
    this.#forgetTouched();
  }

  /** The edits (offsets into the latest text) that take back every hunk that nobody has touched since it landed. */
  inverse(): Outgoing[] {
    return this.#pieces.map(({ id, hunk, span, original }) => ({ id, hunk, edit: { ...span, insert: original } }));
  }

  /** Some of these edits landed: their pieces are gone. */
  takenBack(ids: ReadonlySet<number>, edits: readonly Edit[], region: Span): void {
    this.#pieces = this.#pieces.filter((piece) => !ids.has(piece.id));
    this.moved(edits, region);
  }

  /** There is nothing left that anybody could take back. */
  clear(): void {
    this.#pieces = [];
  }

  /** All that is left of the hunks that met in one piece stands and falls with it. */
  #join({ pieces, landing }: Group): void {
    const hunks = new Set([...pieces, ...landing].map(({ hunk }) => hunk));
    // An edit that met nothing: the rule. Hundreds of them may land at once.
    if (hunks.size === 1) return;
    const hunk = landing[0]!.hunk;
    if ([...hunks].some((number) => this.#touched.has(number))) this.#touched.add(hunk);
    this.#pieces = this.#pieces.map((piece) => (hunks.has(piece.hunk) ? { ...piece, hunk } : piece));
  }

  #forgetTouched(): void {
    this.#pieces = this.#pieces.filter((piece) => !this.#touched.has(piece.hunk));
  }
}

function shiftSpan({ from, to }: Span, by: number): Span {
  return { from: from + by, to: to + by };
}

/** Whether an edit changes a piece. What is inserted where a piece was deleted takes its place. */
function meets(piece: Span, edit: Span): boolean {
  return overlaps(piece, edit) || (piece.from === edit.from && piece.to === edit.to);
}

/** Edits that land and the pieces under them, which hang together: two edits may change one piece, and one edit many. */
interface Group {
  readonly pieces: readonly Piece[];
  readonly landing: readonly Outgoing[];
  /** All of them, before the edits. */
  readonly span: Span;
}

/** In order. `pieces` and `landing` are sorted. */
function group(pieces: readonly Piece[], landing: readonly Outgoing[]): Group[] {
  const groups: Group[] = [];
  for (const one of landing) {
    const under = pieces.filter((piece) => meets(piece.span, one.edit));
    const isSame = under.some((piece) => groups.at(-1)?.pieces.includes(piece));
    const last = isSame ? groups.pop() : undefined;
    const all = [...new Set([...(last?.pieces ?? []), ...under])];
    const span = hull([...(last ? [last.span] : []), one.edit, ...under.map((piece) => piece.span)]);
    groups.push({ pieces: all, landing: [...(last?.landing ?? []), one], span });
  }
  return groups;
}

function hull(spans: readonly Span[]): Span {
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}

/** What a group becomes: the oldest text of all of it, and what it reads now. */
function merge(text: string, { pieces, landing, span }: Group): Pick<Piece, 'original' | 'hunk'> & { now: string } {
  const old = text.slice(span.from, span.to);
  const back = pieces.map((piece) => ({ ...piece.span, insert: piece.original }));
  const edits = landing.map(({ edit }) => edit);
  return {
    original: applyEdits(old, shiftEdits(back, -span.from)),
    now: applyEdits(old, shiftEdits(edits, -span.from)),
    hunk: landing[0]!.hunk,
  };
}
