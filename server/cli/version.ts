// The version of the program.

import type { CliIo } from './io.ts';

/** Put in by the build from package.json. */
declare const __VERSION__: string;

export function version(): string {
  return typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-source';
}

export async function printVersion(_args: string[], { stdout }: CliIo): Promise<number> {
  stdout.write(`quickhand ${version()}\n`);
  return 0;
}
