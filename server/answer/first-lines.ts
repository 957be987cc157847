// What models write above code unasked, in a line of its own: a heading, the language's name, the file's.

import { hasHashComments, isDataLanguage, isProseLanguage, isShell } from '../text/language-kinds.ts';

/** The part of the surroundings that it depends on. */
export interface FileNames {
  readonly languageId: string;
  readonly path: string;
  readonly before: string;
}

const languageNames = new Set(
  (
    'typescript ts tsx typescriptreact javascript js jsx javascriptreact python py python3 go golang rust rs c c++ cpp csharp c# cs java kotlin kt ' +
    'swift ruby rb php perl pl lua luau r julia jl scala haskell hs ocaml ml elixir ex erlang erl clojure clj lisp scheme dart zig nim d ' +
    'fortran pascal cobol ada vb vbnet powershell ps1 bash sh shell zsh fish sql html css scss sass less xml yaml yml json toml ini ' +
    'markdown md vue svelte astro graphql proto protobuf solidity terraform hcl nix dockerfile makefile cmake groovy gdscript glsl wgsl matlab objc objective-c vim viml text plaintext plain code'
  ).split(' '),
);
const ownNames: Readonly<Record<string, string>> = {
  typescriptreact: 'tsx ts typescript',
  javascriptreact: 'jsx js javascript',
  shellscript: 'bash sh shell zsh shellscript',
  markdown: 'markdown md',
  yaml: 'yaml yml',
  python: 'python py',
};

const decorated =
  /^(?:\/\/+|#+|--+|;+|%+|<!--|\/\*+|\*\*|\*)?\s*(?:(?:file|filename|path|in)\s*:\s*)?[`*"']{0,3}((?:[\w.@~+-]+[\\/])*[\w.@+-]+\.[A-Za-z]\w{0,8})(?:(?::|#L)\d+(?:[-:]L?\d+)?)?[`*"']{0,3}\s*(?:-->|\*\/)?\s*:?(?:\*\*)?$/i;
const sourceFile =
  /\.(?:[cm]?[jt]sx?|pyi?|go|rs|[ch](?:pp|xx|c)?|cc|hh|java|kts?|swift|rb|php|p[lm]|lua|r|jl|scala|hs|mli?|exs?|erl|cljs?|dart|zig|nim|cs|fs|vb|sh|sql|html?|s?css|less|xml|ya?ml|json|toml|md|vue|svelte|astro|proto|sol|tf|nix|ex|vim)$/i;
/** A field of that name is as likely. */
const isMember = /^\w+\.(?:r|ex|md|m|d|go|cs|fs|vb|pl|sh|c|h)$/;
const preprocessor =
  /^#\s*(?:define|include|if|ifdef|ifndef|else|elif|endif|pragma|undef|error|line|warning|region|endregion)\b/;
const title =
  /\b(?:updated?|new|code|solution|answer|result|here|chang\w+|rewrit\w+|final|output|refactor\w*|fixed|modified|revised|scope|implementation|version)\b/i;

/** What the line is, as a noun for people; undefined: it may be code. Only ask for a line that the scope has not. */
export function labelIn(line: string, file: FileNames): string | undefined {
  const text = line.trim();
  if (text.length > 200) return undefined;
  if (isHeading(text, file.languageId)) return 'a heading';
  if (isLanguageName(text, file.languageId)) return "the language's name";
  if (isFileName(text, file)) return "a file's name";
  return isHeadOfFile(text, file.before) ? 'the head of the file' : undefined;
}

/** What only a file begins with, and this one does: who writes a part of it may begin so, too. */
function isHeadOfFile(text: string, before: string): boolean {
  if (/^<\?(?:php)?$/.test(text)) return /<\?(?:php|=|\s)/.test(before);
  if (/^#!\s*\//.test(text)) return before.startsWith('#!');
  const isHead =
    /^(?:#\s*(?:frozen_string_literal|-\*-|encoding|coding)\b.*|(['"])use (?:strict|client|server)\1;?|<\?xml .*\?>|<!doctype [^>]*>)$/i;
  return isHead.test(text) && before.trimStart().toLowerCase().startsWith(text.toLowerCase());
}

/** Such a word alone; with a capital letter, which the label of a statement seldom has. */
const titleAlone =
  /^(?:(?:Updated|New|Final|Fixed|Modified|Revised|Rewritten|Corrected) (?:code|version|function|method|answer)\s*:?|(?:Answer|Solution|Response|Output|Result|Rewrite)\s*:)$/;

function isHeading(text: string, languageId: string): boolean {
  if (isProseLanguage(languageId)) return false;
  if (titleAlone.test(text)) return !isDataLanguage(languageId);
  if (/^\*\*[^*]+\*\*:?$/.test(text)) return true;
  if (!/^#{1,6}\s+\S/.test(text) || preprocessor.test(text)) return false;
  return hasHashComments(languageId) ? /^#{2,}/.test(text) && title.test(text) : true;
}

function isLanguageName(text: string, languageId: string): boolean {
  const name = text.replace(/^(?:\*\*|`)|(?:\*\*|`)$|:$/g, '').toLowerCase();
  if (name === languageId || ownNames[languageId]?.split(' ').includes(name)) return true;
  if (isDataLanguage(languageId) || isShell(languageId) || isProseLanguage(languageId)) return false;
  return name.length > 1 && languageNames.has(name);
}

function isFileName(text: string, { languageId, path }: FileNames): boolean {
  const [, name] = decorated.exec(text) ?? [];
  if (name === undefined) return false;
  if (baseName(name) === baseName(path)) return true;
  if (isDataLanguage(languageId) || isShell(languageId) || isProseLanguage(languageId)) return false;
  return sourceFile.test(name) && (text !== name || !isMember.test(name));
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
