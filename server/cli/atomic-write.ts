// Replaces a file in one step: whoever reads it sees the old text or the new one, never a part.

import { randomBytes } from 'node:crypto';
import { chmod, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readText } from '../files/read.ts';
import { CliError } from './io.ts';

/** Writes `text` to `path`, keeping its mode. Refuses if the file does not read `expected` any more. */
export async function replaceFile(path: string, expected: string, text: string): Promise<void> {
  const { mode } = await stat(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    await file.writeFile(text).finally(() => file.close());
    await chmod(temporary, mode & 0o7777);
    const now = await readText(path, { maxBytes: Buffer.byteLength(expected) }).catch(() => undefined);
    if (now !== expected) {
      throw new CliError(1, `${basename(path)} was changed by somebody else meanwhile; nothing is written`);
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
