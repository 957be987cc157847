// Reads the few values of a repository's own configuration that its ignore rules depend on. Nothing that names a program is passed on.

import { join, resolve } from 'node:path';
import { type Environment, homeFolder, noHomeFolder } from '../files/homes.ts';
import { look } from '../files/look.ts';
import { readText } from '../files/read.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

export interface IgnoreSettings {
  /** The text of a git configuration with these values and nothing else. */
  readonly configuration: string;
  /** `core.excludesFile` as an absolute path, if the repository sets one. */
  readonly excludesFile?: string;
}

const maxBytes = 1_000_000;
const wanted = '^(core\\.(excludesfile|ignorecase|precomposeunicode)|extensions\\.objectformat)$';
/** Exit status of `git config` where nothing is set. */
const nothingSet = 1;

/** Undefined if there is no git. Rejects if the configuration can't be read. Its includes are not followed: they could lead anywhere. */
export async function readIgnoreSettings(
  { root, commonDir }: Repository,
  env: Environment,
): Promise<IgnoreSettings | undefined> {
  const path = join(commonDir, 'config');
  const input = (await look(path)) === undefined ? '' : await readText(path, { maxBytes });
  const args = ['config', '--file', '-', '--no-includes', '--null', '--get-regexp', wanted];
  const answer = await runGit({ args, input, env });
  if (answer === undefined) return undefined;
  if (answer.status !== 0 && answer.status !== nothingSet) throw new Error(`git config: ${answer.stderr.trim()}`);
  const values = new Map(
    answer.stdout
      .split('\0')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [, key = '', value] = /^([^\n]*)(?:\n(.*))?$/s.exec(entry) ?? [];
        return [key, value ?? 'true'];
      }),
  );
  const excludesFile = values.get('core.excludesfile');
  return {
    configuration: configurationOf(values),
    ...(excludesFile && { excludesFile: resolve(root, fromHome(excludesFile, env)) }),
  };
}

function configurationOf(values: ReadonlyMap<string, string>): string {
  const isOn = (key: string): boolean => /^(true|yes|on|[1-9]\d*)$/i.test(values.get(key) ?? 'false');
  const usesSha256 = values.get('extensions.objectformat')?.toLowerCase() === 'sha256';
  const lines = [
    '[core]',
    `repositoryformatversion = ${usesSha256 ? 1 : 0}`,
    'bare = false',
    `ignorecase = ${isOn('core.ignorecase')}`,
    `precomposeunicode = ${isOn('core.precomposeunicode')}`,
    ...(usesSha256 ? ['[extensions]', 'objectformat = sha256'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function fromHome(path: string, env: Environment): string {
  if (!path.startsWith('~') && !path.startsWith('%(')) return path;
  const home = homeFolder(env);
  if (!path.startsWith('~/')) throw new Error(`core.excludesFile: can't tell where ${path} is`);
  if (home === undefined) throw new Error(noHomeFolder);
  return join(home, path.slice(2));
}
