// A temporary repository that git is given in place of the real one, for one call. A repository's configuration can name programs (to fetch with, to
// watch files with, to run after anything); git never reads it. Only data of the real repository is passed on: rules, the index, objects.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Environment, stateFolder } from '../files/homes.ts';
import { entriesOf, look } from '../files/look.ts';
import { FileRefused, readText } from '../files/read.ts';
import type { IgnoreSettings } from './ignore-settings.ts';
import type { Repository } from './repository.ts';

/** Rules that a person wrote are shorter. git itself would read ten gigabytes of them into memory. */
const maxRuleBytes = 1_000_000;

/** Arguments and variables that make git use the stand-in. */
export interface StandIn {
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** Makes a stand-in for the time of `use`. Rejects if what git would read is no regular file of sensible size. */
export async function withStandIn<T>(
  repository: Repository,
  { ignoreSettings, env }: { readonly ignoreSettings: IgnoreSettings; readonly env: Environment },
  use: (standIn: StandIn) => Promise<T>,
): Promise<T> {
  const { root, gitDir, commonDir } = repository;
  const exclude = join(commonDir, 'info', 'exclude');
  const rules = (await regular(exclude)) ? await readText(exclude, { maxBytes: maxRuleBytes }) : '';
  const index = join(gitDir, 'index');
  const hasIndex = await regular(index, Number.POSITIVE_INFINITY);
  await regular(join(commonDir, 'objects', 'info', 'alternates'));
  const folder = await temporaryFolder(env);
  try {
    await Promise.all(['objects', 'refs', 'info'].map((name) => mkdir(join(folder, name))));
    await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
    await writeFile(join(folder, 'config'), ignoreSettings.configuration);
    await writeFile(join(folder, 'info', 'exclude'), rules);
    await linkSharedIndexes(gitDir, folder);
    return await use({
      args: [`--git-dir=${folder}`, `--work-tree=${root}`, ...(await excludesArgs(ignoreSettings.excludesFile))],
      variables: {
        GIT_OBJECT_DIRECTORY: join(commonDir, 'objects'),
        ...(hasIndex && { GIT_INDEX_FILE: index }),
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rejects if one of the `.gitignore` files between the root and the file is not a regular file of sensible size. */
export async function checkRules({ root }: Repository, file: string): Promise<void> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const rules = join(folder, '.gitignore');
    if ((await look(rules))?.kind !== 'folder') await regular(rules);
    if (folder === root || folder === dirname(folder)) return;
  }
}

async function excludesArgs(file: string | undefined): Promise<string[]> {
  return file !== undefined && (await regular(file)) ? ['-c', `core.excludesFile=${file}`] : [];
}

/** Whether it is there; rejects if it is anything but a regular file of `maxBytes` at most. */
async function regular(path: string, maxBytes = maxRuleBytes): Promise<boolean> {
  const found = await look(path);
  if (found === undefined) return false;
  if (found.kind !== 'file') throw new FileRefused('noFile', `${path}: not a file`);
  if (found.size > maxBytes) throw new FileRefused('tooLarge', `${path}: larger than ${maxBytes} bytes`);
  return true;
}

/** An index may be split: git looks for the shared part beside the configuration. */
async function linkSharedIndexes(gitDir: string, folder: string): Promise<void> {
  const shared = (await entriesOf(gitDir)).filter((name) => /^sharedindex\.[0-9a-f]+$/.test(name));
  for (const name of shared)
    if (await regular(join(gitDir, name), Number.POSITIVE_INFINITY))
      await symlink(join(gitDir, name), join(folder, name));
}

/** In the folder for temporary files, or in the state folder where that is gone, as it may be for an editor that runs for days. */
async function temporaryFolder(env: Environment): Promise<string> {
  const state = stateFolder(env);
  const make = (folder: string) => mkdtemp(join(resolve(folder), 'quickhand-git-'));
  return make(tmpdir()).catch(async (error) => {
    if (state === undefined) throw error;
    await mkdir(join(state, 'quickhand'), { recursive: true, mode: 0o700 });
    return make(join(state, 'quickhand'));
  });
}
