// Asks git whether it ignores a file. Runs nothing that a repository could name: no hooks, no file system monitor, no shell.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** How long an answer holds. Long enough for a row of edits, short enough that a new line in .gitignore soon counts. */
const cacheMs = 10_000;
/** git answers in a few milliseconds; a disk that hangs must not hold an edit up for ever. */
const timeoutMs = 2000;
/** Exit statuses of `git check-ignore`. */
const ignored = 0;
const notIgnored = 1;

/** What an editor that was itself started by git would have us look at instead of the file's own repository. */
const misleading = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds of any monotonous clock. */
  readonly now: () => number;
}

/**
 * Whether git ignores the file at an absolute path (which need not exist); false where there is no git or no repository. Rejects if git can't tell.
 * Answers are kept for {@link cacheMs}, those under way shared.
 */
export function createGitIgnored({ env, now }: GitOptions): (path: string) => Promise<boolean> {
  const known = new Map<string, { readonly atMs: number; readonly answer: Promise<boolean> }>();
  return (path) => {
    for (const [key, { atMs }] of known) if (now() - atMs >= cacheMs) known.delete(key);
    const kept = known.get(path);
    if (kept) return kept.answer;
    const answer = checkIgnore(path, env);
    known.set(path, { atMs: now(), answer });
    answer.catch(() => known.delete(path));
    return answer;
  };
}

function checkIgnore(path: string, env: GitOptions['env']): Promise<boolean> {
  // The file's own folder, because a path inside a submodule means nothing to the repository around it.
  const args = ['-C', existingFolder(path), '-c', 'core.fsmonitor=false', 'check-ignore', '--stdin', '-z'];
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !misleading.includes(name)));
  // Not started in the repository: Windows would look for git.exe there first.
  const cwd = dirname(process.execPath);
  const git = spawn('git', args, { cwd, env: { ...clean, LC_ALL: 'C' }, timeout: timeoutMs, windowsHide: true });
  git.stdin.on('error', () => undefined);
  git.stdin.end(`${path}\0`);
  return answerOf(git);
}

function answerOf(git: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    git.stderr?.on('data', (chunk) => {
      complaint += chunk;
    });
    git.stdout?.resume();
    git.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(false) : reject(error)));
    git.on('close', (status) => {
      if (status === ignored || status === notIgnored) resolve(status === ignored);
      else if (/not a git repository/.test(complaint)) resolve(false);
      else reject(new Error(`git check-ignore: ${complaint.trim() || `no answer within ${timeoutMs} ms`}`));
    });
  });
}

function existingFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
