// What models put around code unasked, in lines of its own: fences, tags, frames.

import { hasFences, hasTags, isDataLanguage, isMarkupLanguage, isProseLanguage } from '../text/language-kinds.ts';

const fenceMarks = /^(\s*)(`{3,}|~{3,})/;
const bareFence = /^(\s*)(`{3,}|~{3,})\s*$/;

export interface Fence {
  readonly indent: string;
  readonly marks: string;
  /** The language after the marks, in lower case; '' if there is none. */
  readonly info: string;
}

export function fenceIn(line: string): Fence | undefined {
  const [found, indent, marks] = fenceMarks.exec(line) ?? [];
  if (found === undefined) return undefined;
  const rest = line.slice(found.length);
  // Told apart by hand: one pattern for all of it takes a long line of marks the cube of its length.
  return rest.includes('`')
    ? undefined
    : { indent: indent!, marks: marks!, info: rest.trim().split(/\s/, 1)[0]!.toLowerCase() };
}

/** Whether `line` may close `fence`. */
export function closes(line: string, { marks, indent }: Fence): boolean {
  const [, own, found] = bareFence.exec(line) ?? [];
  return found?.startsWith(marks) === true && (own === '' || own!.length <= indent.length + 3);
}

export function isBareFence(line: string): boolean {
  return bareFence.exec(line)?.[1] === '';
}

/** Whether a fence in an answer of that language is put around it: where the language itself has fences, only one for the language is. */
export function isWrapping({ info }: Fence, languageId: string): boolean {
  return (
    !hasFences(languageId) ||
    info === languageId ||
    /^(?:markdown|md|mdx|rst|asciidoc|latex|tex|org|text|txt)$/.test(info)
  );
}

/** Names of tags that HTML has too, and of others. */
const htmlTag = 'code|output';
const ownTag =
  'answer|result|rewrite|rewritten|response|solution|replacement|replace|final|edit|edited|file|content|source|snippet|corrected|(?:updated|new|old|rewritten|modified|edited|revised|final|your|corrected|fixed|answer)[_-]?(?:code|text|scope|answer|file|version)|code[_-]?(?:block|edit|snippet)';
const tag = new RegExp(`^\\s*<(/?)(${htmlTag}|${ownTag})(?:\\s[^<>]*)?>`, 'i');
const closingTag = new RegExp(`</(?:${htmlTag}|${ownTag})>\\s*$`, 'i');
const scopeTag = /^\s*<scope(?:-\d+)?(?:\s[^>]*)?>/;
const closingScopeTag = /<\/scope(?:-\d+)?>\s*$/;

/** Which tags may be put around an answer; the others are code. */
export interface TagRules {
  readonly languageId: string;
  /** A tag that it speaks of is wanted. */
  readonly instruction: string;
  /** Whether the scope begins with a tag. */
  readonly beginsWithTag: boolean;
}

/** A tag at the start of a line, and what follows it. */
export interface OpeningTag {
  readonly name: string;
  readonly rest: string;
}

export function openingTagIn(line: string, rules: TagRules): OpeningTag | undefined {
  const ours = scopeTag.exec(line)?.[0];
  if (ours !== undefined) return { name: 'scope', rest: line.slice(ours.length) };
  const [found, slash, name] = tag.exec(line) ?? [];
  if (found === undefined || slash !== '' || isCode(name!, rules)) return undefined;
  if (new RegExp(`<${name}\\b`, 'i').test(rules.instruction)) return undefined;
  return { name: name!.toLowerCase(), rest: line.slice(found.length) };
}

/** What stands in front of a closing tag at the end of `line`; undefined: there is none. `name`: of the tag that is open. */
export function beforeClosingTag(line: string, name: string | undefined): string | undefined {
  if (!line.includes('</')) return undefined;
  const ours = closingScopeTag.exec(line);
  if (ours) return line.slice(0, ours.index);
  const other = name === undefined ? null : closingTag.exec(line);
  return other ? line.slice(0, other.index) : undefined;
}

function isCode(name: string, { languageId, beginsWithTag }: TagRules): boolean {
  if (!beginsWithTag) return isProseLanguage(languageId) && /^(?:code|output)$/i.test(name);
  return (
    /^(?:code|output)$/i.test(name) ||
    // A component.
    (/^[A-Z][a-z]/.test(name) && hasTags(languageId)) ||
    /^(?:xml|svg|xsl)$/.test(languageId) ||
    /^(?:source|file|content)$/i.test(name) ||
    !isMarkupOrScript(languageId)
  );
}

function isMarkupOrScript(languageId: string): boolean {
  return isMarkupLanguage(languageId) || /script|[jt]sx/.test(languageId);
}

const frameWord =
  '(?:the[ _-])?(?:(?:begin|start|end|rewritten|updated|new|final|edited|modified|full|replacement|your|output|answer)[ _-](?:of[ _-])?)*(?:the[ _-])?(?:code|answer|output|result|scope|rewrite|edit|solution|start|begin|end|replacement|snippet|file)(?:[ _-](?:begin|start|end|here|block|snippet))?';
/** Names of languages, too: `[PYTHON]`. */
const otherFrame =
  /^\[\/?(?:PYTHON|JAVA|JAVASCRIPT|TYPESCRIPT|RUST|GO|LUA|RUBY|PHP|CPP|BEGIN|DONE|END)\]$|^<!\[CDATA\[$|^\]\]>$/;
const frame = new RegExp(
  `^(?:\\{\\{\\{?|\\[\\[?|<<<?|<\\||[-=*#%~]{3,}|%%|@@|__)\\s*(/|end[ _-])?\\s*${frameWord}\\s*(?:\\}\\}\\}?|\\]\\]?|>>>?|\\|>|[-=*#%~]{3,}|%%|@@|__)$`,
  'i',
);

/** Whether `line` is the mark of a template at one end of the answer: `{{REWRITTEN_CODE}}`, `[CODE]`, `=== BEGIN OUTPUT ===`. */
export function isFrame(line: string, languageId: string): boolean {
  const text = line.trim();
  if (text.length > 60) return false;
  if (otherFrame.test(text)) return !hasTags(languageId) && !isDataLanguage(languageId);
  if (!frame.test(text)) return false;
  const isName = /^\[?\w+\]?$/.test(text) || hasTags(languageId) || isDataLanguage(languageId);
  return !isName || text === text.toUpperCase();
}
