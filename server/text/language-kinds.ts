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
