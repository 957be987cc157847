// Languages that are written for people to read.

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
