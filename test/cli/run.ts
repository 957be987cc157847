// Runs a command as a shell would: arguments, a folder, an input; and what came of it. Most run in the test's process, which spares a start of Node; the server
// that they start is the built program. One of each command is the program too.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCli } from '../../server/cli/run-cli.ts';
import { nodeFlags, server } from '../client/server-program.ts';
import { cleanEnv } from '../client/surroundings.ts';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Folder {
  readonly path: string;
  run(args: readonly string[], options?: RunOptions): Promise<CliResult>;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Record<string, string>;
  /** The standard output is a terminal; not for a process of its own. */
  readonly isTTY?: boolean;
  /** As a process of its own: the built program. */
  readonly asProgram?: boolean;
  /** Presses Ctrl-C when it is aborted; then it is a process of its own. */
  readonly interrupt?: AbortSignal;
  /** Sees the standard output as it comes. */
  readonly onOutput?: (soFar: string) => void;
  /** Sees the standard error as it comes. */
  readonly onErrors?: (soFar: string) => void;
  /** Another program than the built one; then it is a process of its own. */
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

function run(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
  const { asProgram, interrupt, script } = options;
  return asProgram || interrupt || script ? runProgram(cwd, args, options) : runHere(cwd, args, options);
}

async function runHere(cwd: string, args: readonly string[], { input = '', env, isTTY = false, ...seen }: RunOptions) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = shown({ stdout, stderr }, seen);
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)]);
  const all = { ...cleanEnv(cwd), ...env };
  const status = await runCli([...args], {
    stdin,
    stdout,
    stderr,
    env: all,
    cwd,
    isTTY,
    script: server,
    nodeFlags,
  });
  stdout.end();
  stderr.end();
  return { status, ...(await texts) };
}

async function runProgram(
  cwd: string,
  args: readonly string[],
  { input = '', env, interrupt, script = server, ...seen }: RunOptions,
): Promise<CliResult> {
  const child = spawn(process.execPath, [...nodeFlags, script, ...args], { cwd, env: { ...cleanEnv(cwd), ...env } });
  child.stdin.on('error', () => {}); // a program that does not read its input may be gone before it is written
  child.stdin.end(input);
  interrupt?.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
  const [texts] = await Promise.all([shown(child, seen), once(child, 'close')]);
  return { status: child.exitCode, ...texts };
}

/** All that is written, once both are at their end. */
async function shown(
  { stdout, stderr }: { readonly stdout: Readable; readonly stderr: Readable },
  { onOutput, onErrors }: Pick<RunOptions, 'onOutput' | 'onErrors'>,
): Promise<Pick<CliResult, 'stdout' | 'stderr'>> {
  watch(stdout, onOutput);
  watch(stderr, onErrors);
  const [output, errors] = await Promise.all([text(stdout), text(stderr)]);
  return { stdout: output, stderr: errors };
}

function watch(stream: Readable, onText: ((soFar: string) => void) | undefined): void {
  let seen = '';
  stream.on('data', (chunk) => {
    seen += chunk;
    onText?.(seen);
  });
}
