// The contract of the streaming edit engine: a model's answer goes in by chunks, sound hunks come out.
// The engine knows nothing of editors, versions, models or time, and does no IO.

import type { Surroundings } from '../answer/surroundings.ts';
import type { Edit } from '../text/edit.ts';
import type { Work } from '../turns.ts';
import type { Fault } from './why-unsound.ts';

/** Answer formats that a model may be asked for (DESIGN.md §6). */
export type AnswerFormat = 'rewrite' | 'search-replace';

/**
 * Edits that are released together, in order of position, in offsets of the engine's `base`. Hunks never overlap. Those of a rewrite come in order of
 * position, those of search-replace blocks in the order of the answer.
 */
export interface Hunk {
  readonly edits: readonly Edit[];
}

/** Where new code goes, in an empty scope. */
export interface InsertionPlace {
  /** White space at the start of what stands beside it: the answer gets it. */
  readonly indent: string;
  /** Indentations of blocks above that code in the place may continue, where blocks are indentation: an answer that stands at one of them stays there. */
  readonly deeper?: readonly string[];
  /** One level of the document's indentation. Absent: it has none yet. */
  readonly unit?: string;
  /** Whether it ends with its line: the line breaks of the answer come in front of its lines then, so that each state of it does too. Absent: behind them. */
  readonly endsLine?: boolean;
  /** The code on either side of it. An answer that holds all of one of them is rejected: it would be there twice. */
  readonly neighbours: readonly string[];
}

export interface EngineOptions {
  /** The exact text of the scope, with the document's own line ends. All offsets are UTF-16 offsets into it. */
  readonly base: string;
  /** What new lines end with: the document's line end. */
  readonly eol: '\n' | '\r\n';
  readonly format: AnswerFormat;
  /** The document around it. Absent: nothing is known of that. */
  readonly surroundings?: Surroundings;
  /** Only with an empty base, and the format `rewrite`: the answer is new code for this place. Blank lines around it are dropped. */
  readonly place?: InsertionPlace;
  /**
   * Whether the document would parse no worse than it does if the scope's text were `text`. Only called with the base, the released hunks and
   * candidates applied to it. Absent: nothing is held for soundness.
   */
  readonly parses?: (text: string) => boolean;
  /** Where a text that does not pass has its first fault; undefined: it can't be told. Asked once, of a whole answer. */
  readonly faultIn?: (text: string) => Fault | undefined;
  /** The reason for rejecting an answer whose text never passes; absent: {@link doesNotParse}. */
  readonly unsound?: string;
}

/** The result of one `push`: hunks to send now, or the reason why this answer can't become an edit. A rejection is final: push no more. */
export interface EngineOutput {
  readonly hunks: readonly Hunk[];
  readonly rejected?: string;
}

/**
 * How a complete answer ends. `edited`: the hunks of all pushes plus these turn the base into the model's text. `unchanged`: no hunk was
 * ever released. `refused`: the model declined, `reason` in its words. `rejected`: the answer can't be read or does not parse.
 */
export type Finish =
  | { readonly kind: 'edited'; readonly hunks: readonly Hunk[]; readonly imports: readonly string[] }
  | { readonly kind: 'unchanged'; readonly imports: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string };

/** The reason for rejecting an answer that could be read and does not parse. */
export const doesNotParse = 'the new text does not parse';

/** The same where there is no grammar to parse it by. */
export const doesNotPair = 'the brackets, quotes or indentation of the new text do not go together';

/** Whether an answer was rejected for one of these two reasons, behind which a detail may stand in parentheses. */
export function isUnsoundReason(reason: string | undefined): boolean {
  return [doesNotParse, doesNotPair].some((known) => reason === known || reason?.startsWith(`${known} (`));
}

/** One answer on its way into one scope. A truncated answer is never finished: the hunks released so far are sound, and stay. */
export interface Engine {
  push(chunk: string): EngineOutput;
  finish(): Finish;
  /** UTF-16 units of changed text that have come but are held back, e.g. because they do not parse yet. */
  readonly held: number;
  /** How many lines the hunks that the gate holds would change. Text whose place is not certain yet does not count. */
  readonly heldLines: number;
  /** Whether what comes now is the model's thinking. */
  readonly isThinking: boolean;
  /** What had to be put right of the answer so far, as nouns for people: `a <think> block`. */
  readonly putRight: readonly string[];
}

/** Options of an engine whose parse check runs in several turns of the event loop. */
export interface SteppedOptions extends Omit<EngineOptions, 'parses'> {
  readonly parses?: (text: string) => Work<boolean>;
}

/**
 * The same engine as generators that yield often, so that the caller can let other tasks run in between. Each call must run to its end before the next one
 * begins, or be abandoned together with the engine. When the steps are run makes no difference to the result.
 */
export interface SteppedEngine extends Omit<Engine, 'push' | 'finish'> {
  push(chunk: string): Work<EngineOutput>;
  finish(): Work<Finish>;
}
