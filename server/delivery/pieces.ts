// What of an edit has landed in a document and is still as we left it: the memory behind `revert`.
// All offsets are into the document's latest text; the owner maps them through every change.

import { applyEdits, type Edit } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import type { Outgoing } from './outgoing.ts';
import { type Change, mapSpan, mayTouch } from './retell.ts';

/** One landed edit. `span` holds our text now (empty for a deletion), `original` is what stood there before. */
interface Piece {
  readonly id: number;
  readonly span: Span;
  readonly original: string;
  /** Edits of one hunk only make sense together: they are taken back together or not at all. */
  readonly hunk: number;
}

export class Pieces {
  #pieces: readonly Piece[] = [];
  #numbers = 0;
  readonly #touched = new Set<number>();

  /** A number that no hunk and no piece has. */
  nextNumber(): number {
    return ++this.#numbers;
  }

  /** Whether there is nothing that could be taken back. */
  get empty(): boolean {
    return this.#untouched().length === 0;
  }

  /** Edits of ours landed: sorted, in offsets into `text`, the text before any of them. What leads back to the oldest text is forgotten. */
  landed(text: string, landing: readonly Outgoing[]): void {
    const edits = landing.map(({ edit }) => edit);
    const fresh: Piece[] = [];
    let kept = this.#pieces;
    let shift = 0;
    for (const { edit, hunk } of landing) {
      const under = kept.filter((piece) => meets(piece.span, edit));
      const { span, original } = fold(text, edit, under);
      kept = this.#joinHunks(kept, under, hunk);
      const grown = edit.insert.length - (edit.to - edit.from);
      const now = text.slice(span.from, edit.from) + edit.insert + text.slice(edit.to, span.to);
      const moved = { from: span.from + shift, to: span.to + shift + grown };
      if (now !== original) fresh.push({ id: this.nextNumber(), span: moved, original, hunk });
      shift += grown;
    }
    const mapped = kept.map((piece) => ({ ...piece, span: mapSpan(piece.span, edits, false) }));
    this.#pieces = [...mapped, ...fresh].sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
  }

  /** The document changed by `edits`, but none of the pieces did. They stay within the region, which is at `region` now. */
  moved(edits: readonly Edit[], region: Span): void {
    this.#pieces = this.#pieces.map((piece) => ({ ...piece, span: within(mapSpan(piece.span, edits, false), region) }));
  }

  /** Somebody else changed the region. Where it can't be told whether they changed a piece, they did: nothing of theirs may get lost. */
  changed(change: Omit<Change, 'next'>, region: Span): void {
    for (const { span, hunk } of this.#pieces) if (mayTouch(change, span)) this.#touched.add(hunk);
    this.moved(change.edits, region);
  }

  /** The edits (offsets into the latest text) that take back every hunk that nobody has touched since it landed. */
  inverse(): Outgoing[] {
    return this.#untouched().map(({ id, hunk, span, original }) => ({ id, hunk, edit: { ...span, insert: original } }));
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

  /** The rest of the hunks that a newer edit covers in part stands and falls with that edit. */
  #joinHunks(kept: readonly Piece[], under: readonly Piece[], hunk: number): readonly Piece[] {
    if (under.length === 0) return kept;
    const joined = new Set(under.map((piece) => piece.hunk));
    if ([...joined].some((number) => this.#touched.has(number))) this.#touched.add(hunk);
    return kept.filter((p) => !under.includes(p)).map((p) => (joined.has(p.hunk) ? { ...p, hunk } : p));
  }

  #untouched(): readonly Piece[] {
    return this.#pieces.filter((piece) => !this.#touched.has(piece.hunk));
  }
}

/** What was deleted at an edge of the region stays in it, whatever others type there. */
function within({ from, to }: Span, region: Span): Span {
  const clamp = (at: number) => Math.min(Math.max(at, region.from), region.to);
  return { from: clamp(from), to: clamp(to) };
}

/** Whether an edit changes a piece. What is inserted where a piece was deleted takes its place. */
function meets(piece: Span, edit: Span): boolean {
  return overlaps(piece, edit) || (piece.from === edit.from && piece.to === edit.to);
}

/** One piece for a new edit and the older pieces under it: it covers them all and remembers the oldest text. */
function fold(text: string, edit: Edit, under: readonly Piece[]): { span: Span; original: string } {
  const from = Math.min(edit.from, ...under.map((piece) => piece.span.from));
  const to = Math.max(edit.to, ...under.map((piece) => piece.span.to));
  const back = under.map(({ span, original }) => ({ from: span.from - from, to: span.to - from, insert: original }));
  return { span: { from, to }, original: applyEdits(text.slice(from, to), back) };
}
