// What lies beside the program, in the folder that it was installed to: no repository can place a file there.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ProgramFiles {
  folders(of: string): Promise<readonly string[]>;
  read(...names: readonly string[]): Promise<Uint8Array>;
}

/** `dir`: the folder of the build, or the root of the sources. Rejects with what the system says. */
export function programFiles(dir: string): ProgramFiles {
  return {
    async folders(of) {
      const entries = await readdir(join(dir, of), { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    async read(...names) {
      const [first = '', ...others] = names;
      try {
        return await readFile(join(dir, first));
      } catch (error) {
        if (others.length === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        return this.read(...others);
      }
    },
  };
}
