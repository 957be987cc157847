// What a model said, on the disk: one file for each time that the user has asked for it.

import { type KeptText, keepFile } from './kept-files.ts';

/** Few: they hold code, and are asked for to be read at once. */
const maxKept = 20;

/** Returns the absolute path of the file. Rejects as the file system does. */
export function keepAnswer(folder: string, answer: KeptText): Promise<string> {
  return keepFile({ folder, extension: 'txt', most: maxKept }, answer);
}
