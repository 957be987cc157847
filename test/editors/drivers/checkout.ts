// The checkout of this repository, where the clients' READMEs say that it is.
import { mkdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from './sandbox.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Puts it at ~/src/quickhand. */
export function checkOut(sandbox: Sandbox): void {
  mkdirSync(sandbox.path('home/src'));
  symlinkSync(root, sandbox.path('home/src/quickhand'));
}
