// Where a new import goes: below the imports at the top of the file, else below the header that imports stand below.

import type { Node } from './grammar.ts';
import { isBlankLine, lineEnd, nextLine } from './line-spans.ts';
import { isImport, topStatements } from './outline.ts';
import type { ParsedText } from './parsed-text.ts';
import type { ImportPlace } from './scopes.ts';

/** See `Scopes.importPlace`. */
export function importPlace(parsed: ParsedText): ImportPlace {
  const { text } = parsed;
  const top = topOf(parsed);
  const last = top.findLast((node) => isImport(parsed, node));
  if (last) return { at: lineEnd(text, lastOffset(parsed, last)), before: 1, after: 0 };
  const header = top.at(-1);
  return header ? below(text, lineEnd(text, lastOffset(parsed, header))) : { at: startOf(text), before: 0, after: 2 };
}

/** The end of the statement without white space: in some grammars it includes the line break. */
function lastOffset({ text }: ParsedText, { startIndex, endIndex }: Node): number {
  return startIndex + text.slice(startIndex, endIndex).trimEnd().length;
}

/** The imports with what stands above and between them: the file's comments, directives such as 'use strict', a docstring, the package clause. */
function topOf(parsed: ParsedText): Node[] {
  const { header = [], comment } = parsed.grammar.manifest.nodes;
  const top: Node[] = [];
  for (const node of topStatements(parsed.root)) {
    const isTop = isImport(parsed, node) || header.includes(node.type) || comment.includes(node.type) || isString(node);
    if (!isTop) return withoutCommentsOf(parsed, top, node);
    top.push(node);
  }
  return top;
}

/** A statement that is only a string: a directive or a docstring. */
function isString(node: Node): boolean {
  return node.type === 'expression_statement' && node.namedChildCount === 1 && node.firstNamedChild?.type === 'string';
}

/** `top` without the comments directly above the first declaration: they belong to it. */
function withoutCommentsOf(parsed: ParsedText, top: readonly Node[], declaration: Node): Node[] {
  const { comment } = parsed.grammar.manifest.nodes;
  const kept = [...top];
  let below = declaration;
  for (let above = kept.at(-1); above && comment.includes(above.type); above = kept.at(-1)) {
    const between = parsed.text.slice(lastOffset(parsed, above), below.startIndex);
    if (/\n[ \t]*\r?\n/.test(between)) break;
    below = above;
    kept.pop();
  }
  return kept;
}

/** What an import looks like in languages without a grammar, or what must stand above the imports. */
const importLike =
  /^(?:import\b|from\s+\S+\s+import\b|use\s+\S|using\s+[\w.]+|#\s*include\b|require(?:_relative)?\s|package\s+[\w.]+|@import\b|<\?php)/;

/** How many lines at the top of a file are searched. */
const maxLines = 300;

/** The same for a language without a grammar, line by line. */
export function guessImportPlace(text: string): ImportPlace {
  let last: number | undefined;
  let [at, count] = [0, 0];
  for (let to = 0; count < maxLines && to < text.length; count++) {
    to = lineEnd(text, at);
    if (importLike.test(text.slice(at, to))) last = to;
    at = nextLine(text, to);
    if (at <= to) break;
  }
  return last === undefined ? { at: startOf(text), before: 0, after: 2 } : { at: last, before: 1, after: 0 };
}

function below(text: string, at: number): ImportPlace {
  const next = nextLine(text, at);
  return { at, before: 2, after: next > at && next < text.length && !isBlankLine(text, next) ? 1 : 0 };
}

/** The start of the text, behind a byte order mark. */
function startOf(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}
