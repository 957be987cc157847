// Levels of indentation: what one is in some code, which line begins a block, and how white space reads in another unit.

import { indentOf } from '../../text/lines.ts';

/** What a line may end with behind which the next one stands one level further in. A remark behind it is left out. */
const blockEnd = /(?:[{:]|\b(?:do|then|else|begin|try)|\bdo *\|[^|]*\||\bfunction\b[^()]*\([^()]*\))$/;
const blockStart = /^(?:local +)?(?:function|def|class|module)\b[^{}]*$/;
const bracketEnd = /[([]$/;
/** A tag that is not closed in its line, and has something in it. */
const tagEnd =
  /^<(?![/!?]|(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)(?!.*<\/)[^>]*(?<![/%?])>$/;
const remark = /(?<! ) +(?:\/\/|#|--) .*$/;

/** Whether the line behind `line` stands one level further in: certainly (`block`), mostly (`bracket`: a wrapped list may be aligned), or nothing is known. */
export function opensLevel(line: string): 'block' | 'bracket' | undefined {
  const code = line.trim().replace(remark, '');
  if (isRemark(code)) return undefined;
  if (blockEnd.test(code)) return 'block';
  if (bracketEnd.test(code) || tagEnd.test(code)) return 'bracket';
  return blockStart.test(code) && !/[;,\]]$|\bend$/.test(code) && closesParens(code) ? 'block' : undefined;
}

/** Whether the line behind `line` stands one level further in if it does at all: what a bracket opens may be aligned. */
const opensOneLevel = (line: string): boolean => opensLevel(line) === 'block' || tagEnd.test(line.trim());

/** Whether as many are closed as are opened. */
export const closesParens = (code: string): boolean => code.split('(').length === code.split(')').length;

/** Whether all of a line, trimmed, is a comment. */
export function isRemark(code: string): boolean {
  return /^(?:\/\/|\/\*|\*(?:$|[ /])|#(?:$|[\s!:#])|--|<!--)/.test(code);
}

/** One level of the code's indentation: of the first block, else of the first line that is further in than the one above. Lines in literals are not to be among `lines`. */
export function levelOfCode(lines: Iterable<string>): { readonly block?: string; readonly any?: string } {
  let any: string | undefined;
  let above: string | undefined;
  for (const line of lines) {
    const text = line.trim();
    if (text === '' || text.startsWith('*')) continue;
    const deeper = above === undefined ? undefined : further(indentOf(above), indentOf(line));
    if (deeper !== undefined && deeper !== ' ') {
      if (opensOneLevel(above!) && !isAligned.test(above!)) return { block: deeper, any: any ?? deeper };
      any ??= deeper;
    }
    above = line;
  }
  return any === undefined ? {} : { any };
}

/** Something that stands behind a sign, as the forms of a type do, has its body further in than that. */
const isAligned = /^\s*[|&?-]\s/;

/** How much further in `inner` is; undefined if it is not, or if the two do not begin alike. */
function further(outer: string, inner: string): string | undefined {
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
}

/** White space in levels of `from`, as levels of `to`. A tab is a level, whatever `from` is; what is less than a level (an alignment, the star of a comment) stays. */
export function convertIndent(indent: string, from: string, to: string): string {
  if (from === to || indent === '') return indent;
  let levels = 0;
  let at = 0;
  for (;;) {
    if (indent.startsWith(from, at)) at += from.length;
    else if (indent[at] === '\t') at++;
    else return to.repeat(levels) + indent.slice(at);
    levels++;
  }
}

/** `indent` less the white space `less` at its end. */
export function lessIndent(indent: string, less: string): string {
  return indent.slice(0, Math.max(0, indent.length - less.length));
}
