// What the rehearsal model must know of a language: its comments, and the strings that can span lines.

export interface CommentStyle {
  /** Wraps one line of text as a comment. */
  readonly comment: (text: string) => string;
  /** The same for a comment that documents what follows. */
  readonly doc: (text: string) => string;
  /** Starts of a comment to the end of the line. */
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Delimiters of strings that may span lines. */
  readonly longStrings: readonly string[];
}

const slashes: CommentStyle = {
  comment: (text) => `// ${text}`,
  doc: (text) => `/** ${text.replaceAll('*/', '* /')} */`,
  line: ['//'],
  block: [['/*', '*/']],
  longStrings: ['`'],
};

function lineStyle(mark: string, longStrings: readonly string[] = []): CommentStyle {
  const comment = (text: string) => `${mark} ${text}`;
  return { comment, doc: comment, line: [mark], block: [], longStrings };
}

function blockStyle(open: string, close: string): CommentStyle {
  const comment = (text: string) => `${open} ${text.replaceAll(close, close.split('').join(' '))} ${close}`;
  return { comment, doc: comment, line: [], block: [[open, close]], longStrings: [] };
}

const python = lineStyle('#', ['"""', "'''"]);
const hash = lineStyle('#');
const dashes = lineStyle('--');
const markup = blockStyle('<!--', '-->');
const semicolons = lineStyle(';;');

const styles: Readonly<Record<string, CommentStyle>> = {
  python,
  ...Object.fromEntries(
    [
      'ruby',
      'shellscript',
      'bash',
      'sh',
      'zsh',
      'fish',
      'yaml',
      'toml',
      'perl',
      'r',
      'elixir',
      'nix',
      'makefile',
      'dockerfile',
      'gdscript',
      'julia',
    ].map((language) => [language, hash]),
  ),
  ...Object.fromEntries(['lua', 'sql', 'haskell', 'elm', 'ada'].map((language) => [language, dashes])),
  ...Object.fromEntries(['html', 'xml', 'svg', 'markdown'].map((language) => [language, markup])),
  ...Object.fromEntries(['lisp', 'clojure', 'scheme', 'emacs-lisp'].map((language) => [language, semicolons])),
  css: blockStyle('/*', '*/'),
  ocaml: blockStyle('(*', '*)'),
  erlang: lineStyle('%'),
  latex: lineStyle('%'),
};

/** Languages without comments: nothing can be added there. */
const silent = new Set(['json', 'csv', 'plaintext']);

/** Of an LSP language id; C-like for unknown ones, undefined where there are no comments. */
export function commentStyleOf(language: string): CommentStyle | undefined {
  return silent.has(language) ? undefined : (styles[language] ?? slashes);
}
