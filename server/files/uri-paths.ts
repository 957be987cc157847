// Paths behind uris: as the disk, a model and a user see them. Editors spell uris in many ways, so nothing is ever found out by comparing uris.

import { isAbsolute, normalize, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isWithin } from './within.ts';

/** The system's own rules for paths, for rooms that import nothing of Node. */
export { basename, dirname, isAbsolute, resolve } from 'node:path';

/**
 * The `file:` uri of an absolute path. Node's and not vscode-uri's, which escapes more: an editor would not know its own document by it.
 */
export function fileUri(path: string): string {
  return pathToFileURL(path).href;
}

/** The absolute path of a `file:` uri; undefined for any other. */
export function filePath(uri: string): string | undefined {
  try {
    return normalize(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

/**
 * Every path that somebody may mean by a uri of any scheme: what it says, and what it says if the editor forgot to escape, or meant `?` and `#` as
 * parts of the name. Absolute, or a bare name (`untitled:x.ts`); the plain meaning first, at least one.
 */
export function pathsOf(uri: string): string[] {
  const rest = withoutHost(uri.replace(/^[a-z][a-z\d+.-]+:/i, ''));
  const literal = [rest.replace(/[?#].*$/s, ''), rest];
  const meant = [filePath(uri), ...literal.map(decoded), ...literal];
  const paths = meant.filter((path) => path !== undefined && path !== '').map((path) => native(path!));
  return paths.length === 0 ? [uri] : [...new Set(paths)];
}

/** The path relative to its workspace folder if it is in one, else the file's name: what a model and a user see of a uri. */
export function relativePath({ uri }: { readonly uri: string }, folders: readonly string[]): string {
  const path = pathsOf(uri)[0]!;
  return (
    relativeTo(
      folders.map((folder) => pathsOf(folder)[0]!),
      path,
    )[0] ?? path.slice(path.lastIndexOf(sep) + 1)
  );
}

/** The path as seen from each of the folders that it is in, with slashes. */
export function relativeTo(folders: readonly string[], path: string): string[] {
  if (!isAbsolute(path)) return [];
  const around = folders.filter((folder) => isAbsolute(folder) && folder !== path && isWithin(folder, path));
  return around.map((folder) => relative(folder, path).split(sep).join('/'));
}

/** What follows the host, if anything does: a lone name that somebody wrote in its place is a name. */
function withoutHost(rest: string): string {
  const after = rest.replace(/^\/\/[^/?#]*/, '');
  return /[^/?#]/.test(after) ? after : rest;
}

/** What can be decoded is. */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}

function native(path: string): string {
  const isDrive = process.platform === 'win32' && /^\/[a-z]:/i.test(path);
  return normalize(isDrive ? path.slice(1) : path);
}
