// The contract of the streaming edit engine: what a model sends goes in by chunks, sound hunks come out.
// The engine knows nothing of editors, versions, models or time, and does no IO.

import type { Edit } from '../text/edit.ts';
import type { Work } from '../turns.ts';

/** Answer formats that a model may be asked for (design §6). */
export type AnswerFormat = 'rewrite' | 'search-replace';

/** Edits that only make sense together, in order of position. Offsets into the engine's `base`; hunks never overlap; those of blocks come in any order. */
export interface Hunk {
  readonly edits: readonly Edit[];
}

export interface EngineOptions {
  /** The exact text of the scope, with the document's own line ends. All offsets are UTF-16 offsets into it. */
  readonly base: string;
  /** What new lines end with: the document's line end. */
  readonly eol: '\n' | '\r\n';
  readonly format: AnswerFormat;
  /**
   * Whether the scope's text, were it to read `text`, parses no worse than the base does. Only ever called with the base
   * and the released hunks applied plus candidates. Absent: nothing is held for soundness.
   */
  readonly parses?: (text: string) => boolean;
}

/** What one `push` brought: hunks to send now, or the reason why this answer can't become an edit (final: push no more). */
export interface Step {
  readonly hunks: readonly Hunk[];
  readonly rejected?: string;
}

/**
 * How a complete answer ends. `edited`: the hunks of all steps plus these turn the base into the model's text. `unchanged`: no hunk was
 * ever released. `refused`: the model said so, `reason` in its words. `rejected`: the answer can't be read or does not parse.
 */
export type Finish =
  | { readonly kind: 'edited'; readonly hunks: readonly Hunk[]; readonly imports: readonly string[] }
  | { readonly kind: 'unchanged'; readonly imports: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string };

/** The reason of an answer that could be read and does not parse. */
export const doesNotParse = 'the new text does not parse';

/** One answer on its way into one scope. A truncated answer is never finished: what was released so far is sound, and stays. */
export interface Engine {
  push(chunk: string): Step;
  finish(): Finish;
  /** UTF-16 units of changed text that are complete but held back, e.g. because they do not parse yet. */
  readonly held: number;
  /** Lines of them that are certain, and would count as changed. */
  readonly heldLines: number;
}

/** Options of an engine whose soundness takes time to find out. */
export interface SteppedOptions extends Omit<EngineOptions, 'parses'> {
  readonly parses?: (text: string) => Work<boolean>;
}

/**
 * The same engine in steps that end before they get long. Each is done to its end before the next begins, or called off together with the engine; when they are
 * done changes nothing of what comes.
 */
export interface SteppedEngine extends Omit<Engine, 'push' | 'finish'> {
  push(chunk: string): Work<Step>;
  finish(): Work<Finish>;
}
