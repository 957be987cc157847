// Runs the built program as a shell would: arguments, a folder, an input; and what came of it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { cleanEnv } from '../client/surroundings.ts';
import { SERVER } from '../client/wire.ts';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Folder {
  readonly path: string;
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Record<string, string>;
  /** Presses Ctrl-C when it is aborted. */
  readonly interrupt?: AbortSignal;
  /** Sees the standard output as it comes. */
  readonly onOutput?: (soFar: string) => void;
  /** Sees the standard error as it comes. */
  readonly onErrors?: (soFar: string) => void;
  /** The program; default: the built one. */
  readonly script?: string;
}

/** Gives `scenario` a folder of its own to run in, and takes it away afterwards. */
export async function inFolder(scenario: (folder: Folder) => Promise<void>): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'quickhand-cli-'));
  try {
    await scenario({ path, run: (args, options) => run(path, args, options) });
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function run(
  cwd: string,
  args: readonly string[],
  { input = '', env, interrupt, onOutput, onErrors, script = SERVER }: RunOptions = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [script, ...args], { cwd, env: { ...cleanEnv(cwd), ...env } });
  child.stdin.on('error', () => {}); // a program that does not read its input may be gone before it is written
  child.stdin.end(input);
  interrupt?.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
  watch(child.stdout, onOutput);
  watch(child.stderr, onErrors);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}

function watch(stream: Readable, onText: ((soFar: string) => void) | undefined): void {
  let seen = '';
  stream.on('data', (chunk) => {
    seen += chunk;
    onText?.(seen);
  });
}
