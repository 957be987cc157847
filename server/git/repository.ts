// Finds the repository that a file belongs to, as git does, without trusting its content.

import { basename, dirname, join, resolve } from 'node:path';
import { look, pathExists } from '../files/look.ts';
import { readText } from '../files/read.ts';

export interface Repository {
  /** The folder of the working tree, absolute. */
  readonly root: string;
  /** Of this working tree: holds the index. */
  readonly gitDir: string;
  /** Of all working trees of the repository: holds configuration, objects and `info/exclude`. */
  readonly commonDir: string;
}

/** A `.git` file and a `commondir` hold one path. */
const maxPointerBytes = 10_000;

/**
 * That of the nearest folder above the file (an absolute path without links) that has one; undefined if none has, `own` if the file is inside a `.git`
 * folder. Bare repositories do not count: no file belongs to one, and a clone can hold what looks like one. Rejects if a `.git` file leads
 * nowhere.
 */
export async function repositoryOf(file: string): Promise<Repository | 'own' | undefined> {
  for (let root = file; root !== dirname(root); ) {
    if (basename(root).toLowerCase() === '.git') return 'own';
    root = dirname(root);
    const gitDir = await gitDirOf(join(root, '.git'));
    const commonDir = gitDir && (await commonDirOf(gitDir));
    if (commonDir !== undefined && (await isRepository(gitDir!, commonDir)))
      return { root, gitDir: gitDir!, commonDir };
  }
  return undefined;
}

async function gitDirOf(path: string): Promise<string | undefined> {
  const found = await look(path);
  if (found === undefined) return undefined;
  if (found.kind === 'folder') return path;
  const [, target] = /^gitdir: ([^\n\r]+)[\n\r]*$/.exec(await readText(path, { maxBytes: maxPointerBytes })) ?? [];
  if (target === undefined) throw new Error(`${path} does not say where the repository is`);
  const folder = resolve(dirname(path), target);
  if ((await look(folder))?.kind !== 'folder') throw new Error(`${path} leads to a folder that is not there`);
  return folder;
}

async function commonDirOf(gitDir: string): Promise<string> {
  const pointer = join(gitDir, 'commondir');
  if ((await look(pointer)) === undefined) return gitDir;
  return resolve(gitDir, (await readText(pointer, { maxBytes: maxPointerBytes })).trimEnd());
}

/** The signs by which git recognises a repository. */
async function isRepository(gitDir: string, commonDir: string): Promise<boolean> {
  const [objects, refs] = await Promise.all([join(commonDir, 'objects'), join(commonDir, 'refs')].map(look));
  return objects?.kind === 'folder' && refs?.kind === 'folder' && (await pathExists(join(gitDir, 'HEAD')));
}
