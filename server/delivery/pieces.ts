// What of an edit has landed in a document and is still as we left it: the memory behind `revert`.
// All offsets are into the document's latest text; the owner maps them through every change.

import { applyEdits, type Edit, sortEdits } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import { mapSpan, touches } from './reconcile.ts';

/** One landed edit. `span` holds our text now (empty for a deletion), `original` is what stood there before. */
interface Piece {
  readonly span: Span;
  readonly original: string;
  /** Edits of one hunk only make sense together: they are taken back together or not at all. */
  readonly hunk: number;
}

export class Pieces {
  #pieces: readonly Piece[] = [];
  #hunks = 0;
  readonly #touched = new Set<number>();

  /** Whether there is anything that could be taken back. */
  get empty(): boolean {
    return this.#untouched().length === 0;
  }

  /** Edits of ours landed: `hunks`, each a list of edits in offsets into `text`, the text before any of them. */
  landed(text: string, hunks: readonly (readonly Edit[])[]): void {
    const edits = sortEdits(hunks.flat());
    const numbers = new Map<Edit, number>();
    for (const hunk of hunks) {
      this.#hunks++;
      for (const edit of hunk) numbers.set(edit, this.#hunks);
    }
    const fresh: Piece[] = [];
    let kept = this.#pieces;
    let shift = 0;
    for (const edit of edits) {
      const under = kept.filter((piece) => overlaps(piece.span, edit));
      const { span, original } = fold(text, edit, under);
      const hunk = numbers.get(edit)!;
      kept = this.#joinHunks(kept, under, hunk);
      const grown = edit.insert.length - (edit.to - edit.from);
      fresh.push({ span: { from: span.from + shift, to: span.to + shift + grown }, original, hunk });
      shift += grown;
    }
    const mapped = kept.map((piece) => ({ ...piece, span: mapSpan(piece.span, edits, false) }));
    this.#pieces = [...mapped, ...fresh].sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
  }

  /** Somebody else changed the document: `edits` in offsets into `text`, the text before them. */
  changed(text: string, edits: readonly Edit[]): void {
    if (edits.length === 0) return;
    for (const { span, hunk } of this.#pieces) {
      if (edits.some((edit) => touches(text, edit, span))) this.#touched.add(hunk);
    }
    this.#pieces = this.#pieces.map((piece) => ({ ...piece, span: mapSpan(piece.span, edits, false) }));
  }

  /** The edits (offsets into the latest text) that take back every hunk that nobody has touched since it landed. */
  inverse(): Edit[] {
    return this.#untouched().map(({ span, original }) => ({ ...span, insert: original }));
  }

  /** They were taken back, or their document is gone: there is nothing left to take back. */
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

/** One piece for a new edit and the older pieces under it: it covers them all and remembers the oldest text. */
function fold(text: string, edit: Edit, under: readonly Piece[]): { span: Span; original: string } {
  const from = Math.min(edit.from, ...under.map((piece) => piece.span.from));
  const to = Math.max(edit.to, ...under.map((piece) => piece.span.to));
  const back = under.map(({ span, original }) => ({ from: span.from - from, to: span.to - from, insert: original }));
  return { span: { from, to }, original: applyEdits(text.slice(from, to), back) };
}
