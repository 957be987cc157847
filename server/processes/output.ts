// Runs a small program for what it prints.

import { type ChildOptions, startChild } from './child.ts';

export interface OutputOptions extends ChildOptions {
  /** It is killed then. */
  readonly timeoutMs: number;
  /** UTF-16 units of what it prints; more is a failure. */
  readonly maxOutput: number;
}

/** `failed`: `code` is an error code of the system (`ENOENT`), `late` or `too long`. */
export type ProcessOutput =
  | { readonly kind: 'ended'; readonly exitCode: number | undefined; readonly output: string }
  | { readonly kind: 'failed'; readonly code: string };

/** Standard output only. Never rejects; resolves when the program has ended with all that it started in its group, or has been killed. */
export function outputOf(command: string, args: readonly string[], options: OutputOptions): Promise<ProcessOutput> {
  return new Promise((resolve) => {
    try {
      collect(command, args, options, resolve);
    } catch (error) {
      resolve({ kind: 'failed', code: codeOf(error) });
    }
  });
}

function collect(
  command: string,
  args: readonly string[],
  { timeoutMs, maxOutput, ...options }: OutputOptions,
  resolve: (output: ProcessOutput) => void,
): void {
  const child = startChild(command, args, options);
  const { process } = child;
  let output = '';
  const fail = (code: string) => {
    child.kill('SIGKILL');
    process.stdout?.destroy();
    done({ kind: 'failed', code });
  };
  const timer = setTimeout(() => fail('late'), timeoutMs);
  const done = (result: ProcessOutput) => {
    clearTimeout(timer);
    resolve(result);
  };
  process.stderr?.resume();
  process.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length > maxOutput) fail('too long');
  });
  process.once('error', (error) => done({ kind: 'failed', code: codeOf(error) }));
  process.once('close', (exitCode) => done({ kind: 'ended', exitCode: exitCode ?? undefined, output }));
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'it could not be run';
