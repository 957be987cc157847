// The built server as a program of its own.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServerProcess } from './server-process.ts';

/** The built server, as users run it. */
export const server = fileURLToPath(new URL('../../dist/quickhand.js', import.meta.url));

/**
 * For Node, before the program: half of what a start costs goes into optimizing parsers in WebAssembly that end with the test (0.55 against 0.28 s of
 * processor time, Node 20.20). The editors' suites and the bench run the server without it.
 */
export const nodeFlags: readonly string[] = ['--liftoff-only'];

export function startProgram(env: NodeJS.ProcessEnv, cwd: string, command = [server, '--stdio']): ServerProcess {
  return spawn(process.execPath, [...nodeFlags, ...command], { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
}
