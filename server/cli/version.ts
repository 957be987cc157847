// What `--version` prints.

import { programVersion } from '../program-version.ts';
import type { CliIo } from './io.ts';

export async function printVersion(_args: string[], { stdout }: CliIo): Promise<number> {
  stdout.write(`quickhand ${programVersion}\n`);
  return 0;
}
