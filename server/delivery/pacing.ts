// When a region may send its next edit: the undo budget of editors that can't join undo steps, and whether the editor takes edits at all.

/** How an edit reaches the buffer (DESIGN.md §4.5): as it streams, or as one edit at the end. */
export type DeliveryMode = 'stream' | 'atomic';

/** Length of the first window, in ms (DESIGN.md §4.5). Each further one is twice as long. */
const firstWindowMs = 150;
/** Undo steps that one edit may cost in an editor that can't join them (DESIGN.md §4.5). */
const maxSteps = 8;

/** The editor refuses what a region sends, although its text is the one that we know. */
interface Refusal {
  readonly sinceMs: number;
  /** It has refused for so long that nothing of the model's leaves until a newer text comes. */
  readonly isHeld: boolean;
}

/** Counts the edits that one region sent and says when the next may leave. Owns no timer. */
export class Pacing {
  #mode: DeliveryMode;
  readonly #joinsUndo: boolean;
  #steps = 0;
  #lastMs = 0;
  #refusal: Refusal | undefined;

  constructor(mode: DeliveryMode, joinsUndo: boolean) {
    this.#mode = mode;
    this.#joinsUndo = joinsUndo;
  }

  /** Whether the editor takes no edits for now: nothing leaves until a newer text comes. */
  get isHeld(): boolean {
    return this.#refusal?.isHeld ?? false;
  }

  /** The rest leaves in one, when the answer is whole: the editor puts edits in the wrong place, and the fewer there are, the fewer does that happen to. */
  holdBack(): void {
    this.#mode = 'atomic';
  }

  /** An edit landed at `nowMs`: the user has one more undo step. */
  landed(nowMs: number): void {
    this.#steps++;
    this.#lastMs = nowMs;
  }

  /** The editor has refused an edit that was made for its latest text. */
  refusedAt(nowMs: number): void {
    this.#refusal ??= { sinceMs: nowMs, isHeld: false };
  }

  /** For how long the editor has refused what the region sends, for no reason that we know. */
  refusedForMs(nowMs: number): number {
    return nowMs - (this.#refusal?.sinceMs ?? nowMs);
  }

  /** The editor has taken an edit, or had a reason to refuse it: a newer text. */
  excuseRefusal(): void {
    this.#refusal = undefined;
  }

  /** The editor has refused for so long that nothing leaves until a newer text comes. */
  hold(): void {
    if (this.#refusal) this.#refusal = { ...this.#refusal, isHeld: true };
  }

  /** A newer text has come: the editor may take edits again. */
  release(): void {
    if (this.isHeld) this.#refusal = undefined;
  }

  /** Milliseconds from `nowMs` until the next edit may leave; Infinity: not before the answer is whole, or the editor tells of a newer text. */
  waitMs(nowMs: number, whole: boolean): number {
    if (this.isHeld) return Number.POSITIVE_INFINITY;
    if (whole) return 0;
    if (this.#mode === 'atomic') return Number.POSITIVE_INFINITY;
    if (this.#joinsUndo || this.#steps === 0) return 0;
    if (this.#steps >= maxSteps - 1) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#lastMs + firstWindowMs * 2 ** (this.#steps - 1) - nowMs);
  }
}
