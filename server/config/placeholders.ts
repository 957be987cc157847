// What a check is told to fill in, and does not know: pointed out, because it would be handed to the program as it stands.

import { memberPath, type Report } from './validate.ts';

/** Those that are filled in, in `args` and `cwd`; see the schema. */
const known: readonly string[] = ['file', 'packageDir', 'workspaceFolder'];
const choice = `there are ${known.map((name) => `\${${name}}`).join(', ')}`;

/** `${name}` with a small letter first: others are variables of a shell's script. */
const template = /\$\{([a-z]\w+)\}/g;
/** `{file}` and the like, without the dollar that other programs do not want. */
const bare = /(?<!\$)\{(?:(?:\w*(?:file|path|dir|folder|workspace|package)\w*)|root)\}/gi;

/** `checks`: the value of `verify` as it came; what is of a wrong type is told elsewhere. */
export function reportPlaceholders(checks: unknown, report: Report): void {
  if (!Array.isArray(checks)) return;
  for (const [index, check] of checks.entries()) {
    const { command, args, cwd } = Object(check) as { command?: unknown; args?: unknown; cwd?: unknown };
    const path = memberPath('verify', index);
    for (const found of placeholdersIn(command))
      report(memberPath(path, 'command'), `"${found}" is not filled in here, only in "args" and "cwd"`);
    for (const [i, arg] of Array.isArray(args) ? args.entries() : [])
      for (const found of unknownIn(arg)) report(memberPath(memberPath(path, 'args'), i), sayUnknown(found));
    for (const found of unknownIn(cwd)) report(memberPath(path, 'cwd'), sayUnknown(found));
  }
}

const sayUnknown = (found: string) => `nothing is filled in for "${found}"; ${choice}`;

function unknownIn(text: unknown): string[] {
  return placeholdersIn(text).filter((found) => !known.some((name) => found === `\${${name}}`));
}

function placeholdersIn(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  return [...new Set([...text.matchAll(template), ...text.matchAll(bare)].map(([found]) => found))];
}
