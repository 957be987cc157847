// Inspects files without opening them, which is harmless whatever they are.

import { statSync } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';

/** What lies at a path, after following links; undefined if nothing does, or it can't be looked at. Sizes in bytes. */
export async function look(path: string): Promise<{ kind: 'file' | 'folder' | 'other'; size: number } | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size };
}

/** Whether anything has that name, a link that leads nowhere included. */
export function pathExists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Whether a regular file lies there, after following links. Synchronous. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A string that differs whenever the file has changed; empty for one that does not exist or can't be inspected. Some 10 µs. */
export function stampOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return '';
  }
}

/** The names in a folder; none if it can't be listed. */
export function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
