// Texts of ours that somebody may want to read again, on the disk: one file each, the newest ones kept.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface KeptText {
  /** What it is about, e.g. the name of a function. */
  readonly name: string;
  readonly text: string;
  readonly at: Date;
}

export interface KeptFolder {
  /** An absolute path. */
  readonly folder: string;
  /** Of its files, e.g. `md`. */
  readonly extension: string;
  /** Files that are kept. */
  readonly most: number;
}

/** Writes the file, for the user's eyes only, and forgets the oldest; returns its absolute path. Rejects as the file system does. */
export async function keepFile(kept: KeptFolder, { name, text, at }: KeptText): Promise<string> {
  await mkdir(kept.folder, { recursive: true, mode: 0o700 });
  const time = at.toISOString().replace(/[:.]/g, '-');
  const path = join(kept.folder, `${time}-${name.replace(/[^\w.-]+/g, '-').slice(0, 60)}.${kept.extension}`);
  await writeFile(path, text, { mode: 0o600 });
  await forgetOldest(kept);
  return path;
}

/** As {@link keepFile} names them: nothing else in a folder is ever removed. */
const ours = /^\d{4}-\d{2}-\d{2}T[\dZ-]+-[\w.-]*\.(\w+)$/;

/** The names sort by time. Another server may be doing the same. */
async function forgetOldest({ folder, extension, most }: KeptFolder): Promise<void> {
  const files = (await readdir(folder)).filter((file) => ours.exec(file)?.[1] === extension).sort();
  await Promise.all(files.slice(0, -most).map((file) => rm(join(folder, file), { force: true })));
}
