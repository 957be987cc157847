// One edit that a model is tried on, and what a right result is.

export interface EvalCase {
  readonly name: string;
  /** Its extension says the language. */
  readonly file: string;
  /** The whole file. */
  readonly before: string;
  /** The cursor stands before the first occurrence of this. */
  readonly at: string;
  readonly instruction: string;
  /** One right result, with the fewest changes; absent where there are too many to tell which needs the least. */
  readonly after?: string;
  /** Whether a result that differs from `after` in more than white space is right too. */
  readonly accepts?: (text: string) => boolean;
}

/** Whether a text is a right result of a case. */
export function isRight({ after, accepts }: EvalCase, text: string): boolean {
  return (after !== undefined && squeeze(text) === squeeze(after)) || accepts?.(text) === true;
}

/** Indentation counts where a language has blocks by it, so only blanks at the ends of lines and blank lines do not. */
const squeeze = (text: string): string =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim();
