// The shape that the steps of the reading share: lines of an answer in, lines out, as early as they are certain.

/** Lines that are certain now, without line ends, or why this answer can't become an edit. A rejection is final. */
export interface StageOutput {
  readonly lines: readonly string[];
  readonly rejected?: string;
}

export interface LineStage {
  push(line: string): StageOutput;
  /** The answer is whole: what was held, or nothing. */
  finish(): StageOutput;
  /** Whether nothing is held and the next line passes as it is, so that its beginning may be looked at already. */
  readonly isPlain: boolean;
  /** Whether every further line passes as it is, and nothing is held: it need not be asked any more. Absent: never. */
  readonly isSettled?: boolean;
  /** What was put right so far, each as a noun for people: `the indentation`. */
  readonly putRight: readonly string[];
  /** Import statements that stood in front of the code and are no part of it, each whole. Absent: there are none. */
  readonly imports?: readonly string[];
}

export const noLines: StageOutput = { lines: [] };
export const passLine = (line: string): StageOutput => ({ lines: [line] });
export const reject = (rejected: string): StageOutput => ({ lines: [], rejected });
