// Parses the output of a check into problems with a position: `file:line:col: message`, and TypeScript's `file(line,col): error TS2322: message`.

import { stripVTControlCharacters } from 'node:util';

/** One problem. Lines and columns are 1-based, as checks count them. */
export interface CheckProblem {
  /** As the check wrote it. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** Absent where the check does not say. */
  readonly severity?: 'error' | 'warning' | 'information';
  readonly code?: string;
  readonly message: string;
}

/** Nobody reads more, and an editor with thousands of diagnostics becomes slow. */
const maxProblems = 200;
/** UTF-16 units of one message, with the lines that belong to it. */
const maxMessage = 1000;

/** Also with a dash in place of the colon after the position: `file:3:5 - error …`. A file name has no colon, and does not begin like a URL. */
const generic = /^(?<file>(?:[A-Za-z]:[\\/])?[^\s:][^:]*):(?<line>\d+)(?::(?<column>\d+))?(?::|\s+-)\s+(?<text>\S.*)$/;
const typescript = /^(?<file>[^()]*[^()\s])\((?<line>\d+),(?<column>\d+)\):\s+(?<text>\S.*)$/;

/** `error TS2322: message`, `warning: message`, `error[E0308]: message`. */
const graded =
  /^(?<grade>fatal error|error|warning|warn|note|info|information|hint)\b\s*(?:\[?(?<code>[A-Za-z][\w/-]*\d[\w/-]*)\]?)?\s*:\s*(?<rest>.+)$/i;

/** In the order of the output, none twice. `isFile` excludes times, URLs and the like. */
export function problemsIn(output: string, isFile: (file: string) => boolean): CheckProblem[] {
  const found = new Map<string, CheckProblem>();
  let last: { key: string; indented: boolean } | undefined;
  for (const line of stripVTControlCharacters(output).split(/\r?\n/)) {
    const problem = readLine(line);
    if (problem && isFile(problem.file)) {
      if (found.size >= maxProblems) break;
      last = { key: keyOf(problem), indented: typescript.test(line) };
      if (!found.has(last.key)) found.set(last.key, problem);
    } else if (last?.indented && /^ {2}/.test(line)) {
      found.set(last.key, longer(found.get(last.key)!, line));
    } else last = undefined;
  }
  return [...found.values()];
}

function readLine(line: string): CheckProblem | undefined {
  const groups = (typescript.exec(line.trimEnd()) ?? generic.exec(line.trim()))?.groups;
  if (!groups) return undefined;
  const { file = '', text = '', column } = groups;
  const { grade, code, rest } = graded.exec(text)?.groups ?? {};
  const severity = grade === undefined ? undefined : severityOf(grade.toLowerCase());
  return {
    file,
    line: Number(groups.line),
    ...(column !== undefined && { column: Number(column) }),
    ...(severity && { severity }),
    ...(code !== undefined && { code }),
    message: (rest ?? text).slice(0, maxMessage),
  };
}

function severityOf(grade: string): 'error' | 'warning' | 'information' {
  if (grade.endsWith('error')) return 'error';
  return grade.startsWith('warn') ? 'warning' : 'information';
}

/** TypeScript continues a message in indented lines. */
function longer(problem: CheckProblem, line: string): CheckProblem {
  return { ...problem, message: `${problem.message}\n${line.trimEnd()}`.slice(0, maxMessage) };
}

function keyOf({ file, line, column, message }: CheckProblem): string {
  return `${file}:${line}:${column}:${message}`;
}
