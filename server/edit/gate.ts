// Holds edits back until the base with them parses no worse than before; what is released is never taken back.

import { applyEdits, type Edit, sizeOfEdits } from '../text/edit.ts';

/** Edits that arrive in any order of position, never overlapping, and leave when they are sound. */
export class Gate {
  private readonly base: string;
  private readonly parses: ((text: string) => boolean) | undefined;
  private released: Edit[] = [];
  private pending: Edit[] = [];

  constructor(base: string, parses?: (text: string) => boolean) {
    this.base = base;
    this.parses = parses;
  }

  /** Takes edits in; gives back those that can go now, if any. */
  add(edits: readonly Edit[]): readonly Edit[] {
    if (edits.length === 0) return [];
    this.pending = sorted([...this.pending, ...edits]);
    return this.isSound() ? this.release() : [];
  }

  /** Whether the base with everything that came in so far is sound. */
  isSound(): boolean {
    return this.parses === undefined || this.parses(this.text());
  }

  /** Lets everything go. */
  release(): readonly Edit[] {
    const edits = this.pending;
    this.released = sorted([...this.released, ...edits]);
    this.pending = [];
    return edits;
  }

  /** The base with everything that came in so far. */
  text(): string {
    return applyEdits(this.base, sorted([...this.released, ...this.pending]));
  }

  get held(): number {
    return sizeOfEdits(this.pending);
  }

  get hasReleased(): boolean {
    return this.released.length > 0;
  }
}

function sorted(edits: Edit[]): Edit[] {
  return edits.sort((a, b) => a.from - b.from || a.to - b.to);
}
