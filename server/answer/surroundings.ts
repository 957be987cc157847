// What an answer is read by, besides the text of its scope.

/** The document around a scope, and what was asked for. All of it is data: nothing in it is a rule for the reading. */
export interface Surroundings {
  /** The document's text in front of the scope, and behind it, with its own line ends. */
  readonly before: string;
  readonly after: string;
  /** As the document goes by; '' if unknown. */
  readonly languageId: string;
  /** Relative to the workspace folder; '' if unknown. */
  readonly path: string;
  readonly instruction: string;
  /** Whether a comment may stand for code that is left out: all of them, or those that read so, trimmed. */
  readonly placeholders?: 'all' | readonly string[];
  /** One level of the document's indentation: a tab, or two blanks and more. Absent: it has none yet. */
  readonly unit?: string;
}

export const noSurroundings: Surroundings = { before: '', after: '', languageId: '', path: '', instruction: '' };
