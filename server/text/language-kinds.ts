// Kinds of languages: those that are written for people to read, those that are text with tags in it.

const proseLanguages = new Set([
  'markdown',
  'mdx',
  'plaintext',
  'restructuredtext',
  'asciidoc',
  'latex',
  'tex',
  'quarto',
  'rmd',
  'git-commit',
  'typst',
  'org',
]);

/** Whether the text of a language is prose: it may hold anything, and its blocks are paragraphs. */
export function isProseLanguage(languageId: string): boolean {
  return proseLanguages.has(languageId);
}

const markupLanguages = new Set(
  'html xml xhtml svg vue svelte astro handlebars erb ejs twig liquid xsl jinja'.split(' '),
);

/** Whether the text of a language is text with tags in it, of which only the braces are code. */
export function isMarkupLanguage(languageId: string): boolean {
  return markupLanguages.has(languageId);
}

const jsxLanguages = new Set(['typescriptreact', 'javascriptreact', 'tsx', 'jsx', 'javascript', 'mdx']);

/** Whether a tag such as `<code>` can be code. */
export function hasTags(languageId: string): boolean {
  return (
    isMarkupLanguage(languageId) || isProseLanguage(languageId) || jsxLanguages.has(languageId) || languageId === 'php'
  );
}

const dataLanguages = new Set('yaml json jsonc json5 toml ini properties csv tsv dotenv po ignore'.split(' '));

/** Whether a text is words and values for programs: a lone word or a sentence may be a part of it. */
export function isDataLanguage(languageId: string): boolean {
  return dataLanguages.has(languageId);
}

const shells = new Set('shellscript shell bash sh zsh fish powershell bat dockerfile makefile'.split(' '));

/** Whether a lone word is a command. */
export function isShell(languageId: string): boolean {
  return shells.has(languageId);
}

const hashComments = new Set(
  'python ruby perl r elixir julia nim coffeescript crystal graphql cmake terraform hcl nix gdscript tcl awk'.split(
    ' ',
  ),
);

/** Whether `#` begins a comment. */
export function hasHashComments(languageId: string): boolean {
  return hashComments.has(languageId) || isShell(languageId) || isDataLanguage(languageId);
}

const fenced = new Set('markdown mdx quarto rmd typst git-commit asciidoc restructuredtext'.split(' '));

/** Whether a fence of backticks is code: it begins a block of code in a document. */
export function hasFences(languageId: string): boolean {
  return fenced.has(languageId);
}
