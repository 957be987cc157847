// Explanations on the disk: one Markdown file each, the newest ones kept.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that are kept: a few days of asking, some 200 KB. */
const maxKept = 50;

/** As {@link keepExplanation} names them: nothing else in the folder is ever removed. */
const ours = /^\d{4}-\d{2}-\d{2}T[\dZ-]+-[\w.-]*\.md$/;

export interface ExplanationText {
  /** What is explained, e.g. the name of a function. */
  readonly name: string;
  readonly text: string;
  readonly at: Date;
}

/** Writes the file, for the user's eyes only, and forgets the oldest; returns its absolute path. Rejects as the file system does. */
export async function keepExplanation(folder: string, { name, text, at }: ExplanationText): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const time = at.toISOString().replace(/[:.]/g, '-');
  const path = join(folder, `${time}-${name.replace(/[^\w.-]+/g, '-').slice(0, 60)}.md`);
  await writeFile(path, text, { mode: 0o600 });
  await forgetOldest(folder);
  return path;
}

/** The names sort by time. Another server may be doing the same. */
async function forgetOldest(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((file) => ours.test(file)).sort();
  await Promise.all(files.slice(0, -maxKept).map((file) => rm(join(folder, file), { force: true })));
}
