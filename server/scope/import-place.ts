// Where a new import goes: below the imports at the top of the file, else below what must stand or stands above them.

import type { Node } from './grammar.ts';
import { isBlankLine, lineTo, nextLine } from './lines.ts';
import { firstChildren, isImport } from './outline.ts';
import type { Parsed } from './parsed.ts';
import type { ImportPlace } from './scopes.ts';

/** See `Scopes.importPlace`. */
export function importPlace(parsed: Parsed): ImportPlace {
  const { text } = parsed;
  const top = topOf(parsed);
  const last = top.findLast((node) => isImport(parsed, node));
  if (last) return { at: lineTo(text, lastOffset(parsed, last)), before: 1, after: 0 };
  const header = top.at(-1);
  return header ? below(text, lineTo(text, lastOffset(parsed, header))) : { at: startOf(text), before: 0, after: 2 };
}

/** Some grammars count a line break to the statement before it. */
function lastOffset({ text }: Parsed, { startIndex, endIndex }: Node): number {
  return startIndex + text.slice(startIndex, endIndex).trimEnd().length;
}

/** The imports and what stands above and between them: comments of the file, directives such as 'use strict', a docstring, the package. */
function topOf(parsed: Parsed): Node[] {
  const { header = [], comment } = parsed.grammar.manifest.nodes;
  const top: Node[] = [];
  for (const node of firstChildren(parsed.root)) {
    const isTop = isImport(parsed, node) || header.includes(node.type) || comment.includes(node.type) || isString(node);
    if (!isTop) return withoutAttached(parsed, top, node);
    top.push(node);
  }
  return top;
}

/** A statement of nothing but a string. */
function isString(node: Node): boolean {
  return node.type === 'expression_statement' && node.namedChildCount === 1 && node.firstNamedChild?.type === 'string';
}

/** Comments directly above the first declaration belong to it. */
function withoutAttached(parsed: Parsed, top: readonly Node[], declaration: Node): Node[] {
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

/** What begins an import, in languages without a grammar; also what must stand above one. */
const importLike =
  /^(?:import\b|from\s+\S+\s+import\b|use\s+\S|using\s+[\w.]+|#\s*include\b|require(?:_relative)?\s|package\s+[\w.]+|@import\b|<\?php)/;

/** How many lines are looked at. */
const MOST_LINES = 300;

/** The same by the look of lines alone. */
export function guessImportPlace(text: string): ImportPlace {
  let last: number | undefined;
  let [at, count] = [0, 0];
  for (let to = 0; count < MOST_LINES && to < text.length; count++) {
    to = lineTo(text, at);
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

/** Behind a byte order mark. */
function startOf(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}
