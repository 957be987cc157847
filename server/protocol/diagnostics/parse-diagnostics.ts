// Problems that a check wrote down, as diagnostics of the files that they are in.

import { DiagnosticSeverity, type Range } from 'vscode-languageserver-protocol';
import { basename, fileUri, resolve } from '../../files/uri-paths.ts';
import { type CheckProblem, problemsIn } from '../../verify/check-problems.ts';
import type { FinishedCheck } from '../../verify/sequence.ts';
import type { FileDiagnostic } from '../quickhand-messages.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** `isFile`: whether a regular file lies at an absolute path. What a check that passed reports without saying how bad it is, is a warning. */
export function parseDiagnostics(
  { invocation, ok, output }: FinishedCheck,
  isFile: (path: string) => boolean,
): FileDiagnostic[] {
  const { cwd, command } = invocation;
  const known = new Map<string, boolean>();
  const isKnown = (file: string): boolean => {
    const path = resolve(cwd, file);
    const found = known.get(path) ?? isFile(path);
    known.set(path, found);
    return found;
  };
  return problemsIn(output, isKnown).map((problem) => ({
    uri: fileUri(resolve(cwd, problem.file)),
    range: rangeOfProblem(problem),
    severity: severities[problem.severity ?? (ok ? 'warning' : 'error')],
    source: basename(command),
    ...(problem.code !== undefined && { code: problem.code }),
    message: problem.message,
  }));
}

/** LSP: a character behind the end of its line means that end. */
const lineEnd = 1000;

/** One character, or the whole line if there is no column. */
function rangeOfProblem({ line, column }: CheckProblem): Range {
  const at = Math.max(line, 1) - 1;
  const from = Math.max(column ?? 1, 1) - 1;
  return {
    start: { line: at, character: from },
    end: { line: at, character: column === undefined ? lineEnd : from + 1 },
  };
}
