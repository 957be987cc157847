// Which of the user's checks apply to a file, and how each is started: placeholders replaced, without a shell.

import type { Check } from '../config/config.ts';

/** A program to start. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  /** An absolute path. */
  readonly cwd: string;
  readonly timeoutMs: number;
}

/** The absolute paths that the placeholders of a check stand for. */
export interface CheckPaths {
  readonly file: string;
  /** The folder of the nearest manifest above the file. */
  readonly packageDir: string;
  /** The folder that is open in the editor. */
  readonly workspaceFolder: string;
}

/** As the schema says. */
const defaultTimeoutMs = 120_000;

/** In the order of the configuration. */
export function checksFor(checks: readonly Check[], languageId: string): Check[] {
  return checks.filter(({ languages }) => !languages || languages.includes(languageId));
}

export function invocationOf(check: Check, paths: CheckPaths): Invocation {
  const { command, args = [], cwd, timeoutMs = defaultTimeoutMs } = check;
  return {
    command,
    args: args.map((arg) => fill(arg, paths)),
    cwd: cwd === undefined ? paths.packageDir : fill(cwd, paths),
    timeoutMs,
  };
}

/** Once: a path that holds a placeholder is not expanded. */
function fill(text: string, paths: CheckPaths): string {
  return text.replace(/\$\{(file|packageDir|workspaceFolder)\}/g, (_, name: keyof CheckPaths) => paths[name]);
}
