// Problems that a check wrote down, as diagnostics of the files that they are in.

import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFile } from '../files/look.ts';
import { type Problem, problemsIn } from '../verify/problems.ts';
import type { Step } from '../verify/sequence.ts';
import type { Diagnostic } from './published.ts';

/** A diagnostic and the file that it is in. */
export interface Finding extends Diagnostic {
  readonly uri: string;
}

const severities = { error: 1, warning: 2, information: 3 } as const;

/** What a check that passed reports without saying how bad it is, is a warning. */
export function findingsIn({ invocation, ok, output }: Step): Finding[] {
  const { cwd, command } = invocation;
  const known = new Map<string, boolean>();
  const isKnown = (file: string): boolean => {
    const path = resolve(cwd, file);
    const found = known.get(path) ?? isFile(path);
    known.set(path, found);
    return found;
  };
  return problemsIn(output, isKnown).map((problem) => ({
    uri: pathToFileURL(resolve(cwd, problem.file)).href,
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
function rangeOfProblem({ line, column }: Problem): Diagnostic['range'] {
  const at = Math.max(line, 1) - 1;
  const from = Math.max(column ?? 1, 1) - 1;
  return {
    start: { line: at, character: from },
    end: { line: at, character: column === undefined ? lineEnd : from + 1 },
  };
}
