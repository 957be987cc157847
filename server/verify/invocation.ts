// Which of the user's checks are for a file, and what is started for one: its templates replaced, no shell anywhere.

import type { Check } from '../config/config.ts';

/** What is started. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  /** An absolute path. */
  readonly cwd: string;
  readonly timeoutMs: number;
}

/** Absolute paths that the templates of a check stand for. */
export interface Paths {
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

export function invocationOf(check: Check, paths: Paths): Invocation {
  const { command, args = [], cwd, timeoutMs = defaultTimeoutMs } = check;
  return {
    command,
    args: args.map((arg) => fill(arg, paths)),
    cwd: cwd === undefined ? paths.packageDir : fill(cwd, paths),
    timeoutMs,
  };
}

/** Once: what is put in is not looked at again. */
function fill(text: string, paths: Paths): string {
  return text.replace(/\$\{(file|packageDir|workspaceFolder)\}/g, (_, name: keyof Paths) => paths[name]);
}
