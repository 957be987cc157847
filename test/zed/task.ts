// Zed's part in running a task: variables go into its texts and its environment, and a shell runs its command in the project's folder.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { CliResult } from '../cli/run.ts';
import { server } from '../client/server-program.ts';
import { cleanEnv } from '../client/surroundings.ts';

/** What `clients/zed/tasks.json` holds: the fields that decide what is run. */
export interface Task {
  readonly label: string;
  readonly command: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly shell: { readonly program: string };
  readonly save: string;
}

/** A file of `clients/zed/`. */
export function clientFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../clients/zed/${name}`, import.meta.url)), 'utf8');
}

export const tasks: readonly Task[] = JSON.parse(clientFile('tasks.json'));

/** Where the cursor is. `row` counts lines from 1, `column` bytes of UTF-8 from 1. */
export interface Cursor {
  readonly file: string;
  readonly row: number;
  readonly column: number;
}

export interface Running {
  /** Resolves when the terminal shows it. */
  until(shown: string): Promise<void>;
  type(keys: string): void;
  /** Closes the input, as Ctrl-D does. */
  hangUp(): void;
  /** Interrupts all that runs in the terminal, as Ctrl-C does. */
  interrupt(): void;
  readonly ended: Promise<CliResult>;
}

/** Spawns the task in a terminal of the project's folder. The command `quickhand` is the built program. */
export async function spawnTask(task: Task, cursor: Cursor, folder: string): Promise<Running> {
  const variables = variablesOf(cursor, folder);
  const env = Object.entries(task.env).map(([name, value]) => [name, substitute(value, variables)]);
  const clean = cleanEnv(folder);
  const child = spawn(task.shell.program, ['-c', substitute(task.command, variables)], {
    cwd: folder,
    detached: true, // a process group of its own, as in a terminal
    env: {
      ...clean,
      PATH: `${await binWithQuickhand(folder)}:${clean.PATH}`,
      ...Object.fromEntries(env),
      ...variables,
    },
  });
  let seen = '';
  child.stdout.on('data', (chunk) => {
    seen += chunk;
  });
  const outputs = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return {
    async until(shown) {
      while (!seen.includes(shown)) await Promise.race([once(child.stdout, 'data'), closed(child)]);
    },
    type: (keys) => child.stdin.write(keys),
    hangUp: () => child.stdin.end(),
    interrupt: () => process.kill(-child.pid!, 'SIGINT'),
    ended: outputs.then(([stdout, stderr]) => ({ status: child.exitCode, stdout, stderr })),
  };
}

function variablesOf({ file, row, column }: Cursor, folder: string): Record<string, string> {
  return { ZED_FILE: file, ZED_ROW: String(row), ZED_COLUMN: String(column), ZED_WORKTREE_ROOT: folder };
}

/** Puts in what Zed knows, as it is and without quotes; other variables are left to the shell. */
export function substitute(template: string, variables: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare, braced) => {
    const name = bare ?? braced;
    if (name.startsWith('ZED_') && variables[name] === undefined) throw new Error(`Zed has no ${name} here`);
    return variables[name] ?? whole;
  });
}

async function binWithQuickhand(folder: string): Promise<string> {
  const bin = join(folder, '.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'quickhand'), `#!/bin/sh\nexec '${process.execPath}' '${server}' "$@"\n`);
  await chmod(join(bin, 'quickhand'), 0o755);
  return bin;
}

async function closed(child: ReturnType<typeof spawn>): Promise<never> {
  await once(child, 'close');
  throw new Error('the task ended before that was shown');
}
