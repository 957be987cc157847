// The files of a folder of code that are written by people and of a size to stream edits into.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Where packages keep what was compiled or bundled, and what is not theirs. */
const notSources = /(^|\/)(node_modules|dist|esm|cjs|commonjs|bundles?|build|vendor|legacy)\/|\.d\.[cm]?ts$|\.min\.js$/;
/** UTF-16 units. Larger files cost time to judge and add no other kinds of code. */
const maxLength = 50_000;

export interface CodeFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  read(): string;
}

/** In the order of their paths. */
export function codeFiles(folder: string, extensions: readonly string[]): CodeFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !notSources.test(path) && statSync(join(folder, path)).size <= maxLength)
    .sort()
    .map((path) => ({ path, read: () => readFileSync(join(folder, path), 'utf8') }));
}
