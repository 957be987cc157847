// Whether git ignores a file.

import type { Environment } from '../files/homes.ts';
import { readIgnoreSettings } from './ignore-settings.ts';
import { repositoryOf } from './repository.ts';
import { runGit } from './run-git.ts';
import { checkRules, withStandIn } from './stand-in.ts';

/** How long an answer is reused: long enough for a series of edits, short enough that a new line in .gitignore soon counts. */
const cacheMs = 10_000;
/** Exit statuses of `git check-ignore`. */
const ignored = 0;
const notIgnored = 1;

export interface GitOptions {
  readonly env: Environment;
  /** Milliseconds of any monotonous clock. */
  readonly now: () => number;
}

/**
 * Whether git ignores the file at an absolute path without links in its folders (it need not exist); false where there is no git or no repository, true
 * for files inside a git folder. Rejects if git can't tell. Answers are kept for {@link cacheMs}, those under way shared.
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

async function checkIgnore(path: string, env: Environment): Promise<boolean> {
  const repository = await repositoryOf(path);
  if (repository === undefined || repository === 'own') return repository === 'own';
  const ignoreSettings = await readIgnoreSettings(repository, env);
  if (ignoreSettings === undefined) return false;
  await checkRules(repository, path);
  return withStandIn(repository, { ignoreSettings, env }, async ({ args, variables }) => {
    const question = [...args, 'check-ignore', '--stdin', '-z'];
    const answer = await runGit({ args: question, input: `${path}\0`, env, variables });
    if (answer === undefined) return false;
    if (answer.status === ignored || answer.status === notIgnored) return answer.status === ignored;
    throw new Error(`git check-ignore: ${answer.stderr.trim()}`);
  });
}
