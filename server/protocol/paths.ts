// Paths behind uris: as the disk, a model and a user see them.

import { fileURLToPath } from 'node:url';
import type { Snapshot } from '../documents/snapshot.ts';

/** The absolute path of a `file:` uri; undefined for any other. */
export function filePath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** The path relative to its workspace folder if it is in one, else the file's name: what a model and a user see of a uri. */
export function relativePath({ uri }: Pick<Snapshot, 'uri'>, folders: readonly string[]): string {
  const folder = folders.find((candidate) => uri.startsWith(`${candidate}/`));
  const path = folder ? uri.slice(folder.length + 1) : uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
