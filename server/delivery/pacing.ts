// When a region may send its next edit: the undo budget of editors that can't join undo steps.

/** How an edit reaches the buffer (design §4): as it streams, or as one edit at the end. */
export type DeliveryMode = 'stream' | 'atomic';

/** Length of the first window, in ms (design §4). Each further one is twice as long. */
const firstWindowMs = 150;
/** Undo steps that one edit may cost in an editor that can't join them (design §4). */
const maxSteps = 8;

/** Counts the edits that one region sent and says when the next may leave. Owns no timer. */
export class Pacing {
  #mode: DeliveryMode;
  readonly #joinsUndo: boolean;
  #steps = 0;
  #lastMs = 0;

  constructor(mode: DeliveryMode, joinsUndo: boolean) {
    this.#mode = mode;
    this.#joinsUndo = joinsUndo;
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

  /** Milliseconds from `nowMs` until the next edit may leave; Infinity: not before the answer is whole. */
  waitMs(nowMs: number, whole: boolean): number {
    if (whole) return 0;
    if (this.#mode === 'atomic') return Number.POSITIVE_INFINITY;
    if (this.#joinsUndo || this.#steps === 0) return 0;
    if (this.#steps >= maxSteps - 1) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#lastMs + firstWindowMs * 2 ** (this.#steps - 1) - nowMs);
  }
}
