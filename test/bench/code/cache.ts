// Where the benchmarks keep what they fetch and build: in the user's cache, outside the checkout.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quickhand');

/** What `npm run bench:code` fetches: a folder for each registry. */
export const codeFolder = join(cache, 'code');

/**
 * A folder of the cache by its name, e.g. `judges/go-1`. If it is not there `fill` is called with an empty folder, which gets the name when it has ended well: an
 * interrupted run leaves nothing in the place of code.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  for (const parent of [dirname(folder), join(cache, 'unfinished')]) mkdirSync(parent, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished', `${basename(folder)}-`));
  try {
    await fill(unfinished);
    // Another run may have been faster.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** A short name for the contents of files: what is built from them is built anew when they change. */
export function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
