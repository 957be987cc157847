// Explanations on the disk: one Markdown file each.

import { type KeptText, keepFile } from './kept-files.ts';

/** A few days of asking, some 200 KB. */
const maxKept = 50;

/** Returns the absolute path of the file. Rejects as the file system does. */
export function keepExplanation(folder: string, explanation: KeptText): Promise<string> {
  return keepFile({ folder, extension: 'md', most: maxKept }, explanation);
}
