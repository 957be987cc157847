// One case of the corpus: what is open, what is asked, what the model says, and what has to become of it.

/** A cursor or a selection, in UTF-16 offsets of the base. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** The answer in its parts: an answer in blocks has the code in its block, and the rest around that. */
export interface AnswerParts {
  readonly before: string;
  readonly code: string;
  readonly after: string;
}

export interface AnswerCase {
  /** Where its file is in the corpus: `indentation/python-flush-left`. */
  readonly id: string;
  /** Relative to the workspace folder. */
  readonly file: string;
  readonly languageId: string;
  readonly base: string;
  readonly place: Place;
  readonly isSelection: boolean;
  /** `scope` of `quickhand.edit`. */
  readonly scope?: string;
  readonly instruction: string;
  /** A text, or what a chat endpoint sends, event by event (see `chatEvent`). */
  readonly answer: AnswerParts | { readonly events: readonly string[] };
  /** Every final text of the document that is fine. */
  readonly wanted: readonly string[];
  /** A refusal is fine. Its reason has one of these in it; with none of them any reason will do. */
  readonly refused?: readonly string[];
  /** The answer makes no sense as a search/replace block. */
  readonly rewriteOnly: boolean;
}

const cursorMark = '‸';
const selectionMarks = /^([^«»]*)«([^«»]*)»([^«»]*)$/s;

/** Takes ‸ or « » out of `marked`. Throws if it has not exactly one cursor or one selection. */
export function readPlace(marked: string): Pick<AnswerCase, 'base' | 'place' | 'isSelection'> {
  const selected = selectionMarks.exec(marked);
  if (selected) {
    const [, before = '', inside = '', after = ''] = selected;
    const place = { from: before.length, to: before.length + inside.length };
    return { base: before + inside + after, place, isSelection: true };
  }
  const from = marked.indexOf(cursorMark);
  if (from < 0 || from !== marked.lastIndexOf(cursorMark)) throw new Error('the base needs one ‸, or « and »');
  return { base: marked.replace(cursorMark, ''), place: { from, to: from }, isSelection: false };
}

const languageIds: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
  go: 'go',
  rs: 'rust',
  lua: 'lua',
  rb: 'ruby',
  kt: 'kotlin',
  java: 'java',
  c: 'c',
  sql: 'sql',
  sh: 'shellscript',
  css: 'css',
  html: 'html',
  vue: 'vue',
  md: 'markdown',
  yaml: 'yaml',
  json: 'json',
};

/** What an editor calls the language of a file. Throws where we do not know. */
export function languageIdOf(file: string): string {
  const found = languageIds[file.slice(file.lastIndexOf('.') + 1)];
  if (found === undefined) throw new Error(`which language is ${file}? Say it: "language: …"`);
  return found;
}
