// Runs the programs that the benchmarks need: package managers and compilers.

import { spawn } from 'node:child_process';

/** A program that is not installed. */
export class MissingProgram extends Error {}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the program prints. What it says on stderr is part of the error if it fails. */
export function run(program: string, args: readonly string[], { cwd, env }: RunOptions): Promise<string> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, log] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4000)));
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new MissingProgram(`${program} is not installed`) : error),
    );
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${program} ${args.join(' ')} failed:\n${log}`)),
    );
  });
}
