// Statements that bring in what a file needs, in the spellings of most languages, also over several lines.

import { columnOf } from './line-kinds.ts';

const importing =
  /^(?:import \($|import\b(?!\s*[.(=])|from\s+\S+\s+import\b|export\s.*\bfrom\s*['"]|(?:pub\s+)?use\s+[\w\\:{]|using\s+(?!\(|var\b)[\w.=\s]+;|#\s*(?:include|import)\b|@import\b|open\s+[A-Z]|require(?:_relative|_once)?[\s(]+['"]|(?:const|let|var|local)\s+[^=]+=\s*require\s*\(?\s*['"]|alias\s+[A-Z])/;
const naming = /^(?:package\s+[\w.]+;?|namespace\s+[\w.\\]+;)$/;

/** UTF-16 units of the first line of a statement. */
const maxImport = 1000;

/** Whether a statement begins here that brings something in, or that names the file's own package. `key`: the line, trimmed. */
export function isImportLine(key: string): boolean {
  return key.length <= maxImport && (importing.test(key) || naming.test(key));
}

export interface WithoutImports {
  /** The other lines. */
  readonly rest: readonly string[];
  /** Whole statements, lines joined by LF. */
  readonly imports: readonly string[];
}

/** Takes out what is brought in at the outermost level, up to line `end`: what a function brings in for itself stays. */
export function withoutImports(lines: readonly string[], end: number = lines.length): WithoutImports {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const rest: string[] = [];
  const imports: string[] = [];
  for (let line = 0; line < lines.length; ) {
    const count =
      line < end && columnOf(lines[line]!) <= columnOf(first) && isImportLine(lines[line]!.trim())
        ? statementLength(lines, line)
        : 0;
    if (count === 0) rest.push(lines[line++]!);
    else {
      imports.push(lines.slice(line, line + count).join('\n'));
      line += count;
    }
  }
  return { rest, imports };
}

/** Lines up to that which closes all brackets; one where none does. */
function statementLength(lines: readonly string[], from: number): number {
  let depth = 0;
  for (let line = from; line < lines.length; line++) {
    for (const char of lines[line]!) {
      if ('([{'.includes(char)) depth++;
      else if (')]}'.includes(char)) depth--;
    }
    if (depth <= 0 && !/[,\\]$/.test(lines[line]!)) return line - from + 1;
  }
  return 1;
}

/** A statement as it is compared: white space and the semicolon are no matter. */
export function importKey(statement: string): string {
  return statement.replace(/\s+/g, ' ').replace(/ ?;$/, '').trim();
}

/** Whether the statement may be proposed for a file that lacks it. */
export function isProposable(statement: string): boolean {
  return !naming.test(statement.trim());
}
