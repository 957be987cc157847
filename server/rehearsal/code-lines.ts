// Tells lines that start in code from lines that start inside a string or a comment.

import type { CommentStyle } from './comment-style.ts';

/** Where the scanner is: in code, in a `${…}` of a template, or before the mark that ends a string or comment. */
type ScanState = { readonly until: string } | { depth: number };

/** For each line of `lines`, whether its start is code. Regular expressions are recognised by what stands before them. */
export function linesInCode(lines: readonly string[], style: CommentStyle): boolean[] {
  const stack: ScanState[] = [{ depth: 0 }];
  return lines.map((line) => {
    const top = stack.at(-1);
    const inCode = top !== undefined && 'depth' in top && stack.length === 1;
    scanLine(line, style, stack);
    return inCode;
  });
}

function scanLine(line: string, style: CommentStyle, stack: ScanState[]): void {
  let at = 0;
  while (at < line.length) {
    const top = stack.at(-1) ?? { depth: 0 };
    const next =
      'until' in top ? scanText(line, at, { until: top.until, stack }) : scanCode(line, at, { style, stack, top });
    at = next;
  }
}

function scanText(line: string, at: number, { until, stack }: { until: string; stack: ScanState[] }): number {
  if (line[at] === '\\') return at + 2;
  if (line.startsWith(until, at)) {
    stack.pop();
    return at + until.length;
  }
  if (until === '`' && line.startsWith('${', at)) {
    stack.push({ depth: 0 });
    return at + 2;
  }
  return at + 1;
}

function scanCode(
  line: string,
  at: number,
  { style, stack, top }: { style: CommentStyle; stack: ScanState[]; top: { depth: number } },
): number {
  if (style.line.some((mark) => line.startsWith(mark, at))) return line.length;
  const block = style.block.find(([open]) => line.startsWith(open, at));
  const open = block?.[0] ?? style.longStrings.find((mark) => line.startsWith(mark, at));
  if (open !== undefined) {
    stack.push({ until: block?.[1] ?? open });
    return at + open.length;
  }
  const char = line.charAt(at);
  if (char === '"' || (char === "'" && !/\w/.test(line[at - 1] ?? ''))) return endOfString(line, at, char);
  if (char === '/' && startsRegex(line, at)) return endOfRegex(line, at);
  if (char === '{') top.depth++;
  if (char === '}' && top.depth-- === 0 && stack.length > 1) stack.pop();
  return at + 1;
}

/** A string in single or double quotes ends on its line; where it does not, only the quote is skipped. */
function endOfString(line: string, from: number, quote: string): number {
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === quote) return at + 1;
  }
  return from + 1;
}

function startsRegex(line: string, at: number): boolean {
  const before = line.slice(0, at).trimEnd();
  return before === '' || /(?:[(,=:[!&|?{};+]|\breturn|=>)$/.test(before);
}

function endOfRegex(line: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '[') inClass = true;
    else if (line[at] === ']') inClass = false;
    else if (line[at] === '/' && !inClass) return at + 1;
  }
  return from + 1;
}
