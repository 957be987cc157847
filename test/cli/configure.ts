// The user's own configuration, for a command that runs in a folder of its own.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Folder } from './run.ts';

/** Writes it, a string as it is; its path. */
export async function configure({ path }: Folder, config: unknown): Promise<string> {
  const file = join(path, '.config', 'quickhand', 'config.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  return file;
}
