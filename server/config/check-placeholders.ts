// Reports placeholders of the user's checks that are unknown: they would be passed to the program as they are.

import { memberPath, type ReportProblem } from './validate.ts';

/** The placeholders that are replaced in `args` and `cwd`; see the schema. */
const known: readonly string[] = ['file', 'packageDir', 'workspaceFolder'];
const choice = `there are ${known.map((name) => `\${${name}}`).join(', ')}`;

/** `${name}` with a lower-case first letter: others are variables of a shell script. */
const template = /\$\{([a-z]\w+)\}/g;
/** `{file}` and the like, as other programs write placeholders. */
const bare = /(?<!\$)\{(?:(?:\w*(?:file|path|dir|folder|workspace|package)\w*)|root)\}/gi;

/** `checks`: the unvalidated value of `verify`; wrong types are reported by the validator. */
export function reportPlaceholders(checks: unknown, report: ReportProblem): void {
  if (!Array.isArray(checks)) return;
  for (const [index, check] of checks.entries()) {
    const { command, args, cwd } = Object(check) as { command?: unknown; args?: unknown; cwd?: unknown };
    const path = memberPath('verify', index);
    for (const found of placeholdersIn(command))
      report(memberPath(path, 'command'), `"${found}" is not filled in here, only in "args" and "cwd"`);
    for (const [i, arg] of Array.isArray(args) ? args.entries() : [])
      for (const found of unknownIn(arg)) report(memberPath(memberPath(path, 'args'), i), describeUnknown(found));
    for (const found of unknownIn(cwd)) report(memberPath(path, 'cwd'), describeUnknown(found));
  }
}

const describeUnknown = (found: string) => `nothing is filled in for "${found}"; ${choice}`;

function unknownIn(text: unknown): string[] {
  return placeholdersIn(text).filter((found) => !known.some((name) => found === `\${${name}}`));
}

function placeholdersIn(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  return [...new Set([...text.matchAll(template), ...text.matchAll(bare)].map(([found]) => found))];
}
