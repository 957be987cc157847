// Repositories on the disk for the tests: ordinary ones, and the parts of hostile ones.

import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Nobody's settings. */
export const cleanGit = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@localhost',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@localhost',
};

/** Runs git in a folder as anybody would; returns what it prints. */
export function git(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync('git', ['-C', folder, ...args], {
    env: { ...cleanGit, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A repository with these files (texts by relative path). */
export async function repository(folder: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  git(folder, ['init', '-q', '-b', 'main']);
  await write(folder, files);
}

export async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** Makes git want a blob that is missing when it looks for rules: it would be fetched from the promisor remote. */
export function missingRules(folder: string, env: NodeJS.ProcessEnv = {}): void {
  const blob = '1234567890123456789012345678901234567890';
  git(folder, ['update-index', '--add', '--cacheinfo', `100644,${blob},.gitignore`], env);
  git(folder, ['update-index', '--skip-worktree', '.gitignore'], env);
}

/** Settings of a partial clone whose missing parts come from `url`. */
export function promisor(url: string): string {
  return `[core]
	repositoryformatversion = 1
[extensions]
	partialClone = origin
[remote "origin"]
	url = ${url}
	promisor = true
`;
}
