// The nearest manifest above a file: what says where a package begins and what it depends on.

import { basename, dirname, join } from 'node:path';
import { readText } from '../files/read.ts';

/** A lock file of a monorepo is larger, a manifest never. */
const maxBytes = 2_000_000;

/** A package begins where one of these lies. */
const packageManifests: readonly string[] = [
  'package.json',
  'pyproject.toml',
  'setup.py',
  'Cargo.toml',
  'go.mod',
  'deno.json',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'pubspec.yaml',
];

export interface ProjectManifest<Name extends string = string> {
  readonly name: Name;
  /** Absolute, of the folder that it lies in. */
  readonly folder: string;
  readonly text: string;
}

/**
 * Those with one of `names` in the nearest folder above `file` (an absolute path) that has any; empty where there is none. `top`: the last folder
 * that is looked at.
 */
export async function nearestManifests<Name extends string>(
  file: string,
  names: readonly Name[],
  top?: string,
): Promise<ProjectManifest<Name>[]> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const here = await Promise.all(names.map((name) => read(folder, name)));
    const found = here.filter((manifest) => manifest !== undefined);
    if (found.length > 0 || folder === top || basename(folder) === '') return found;
  }
}

async function read<Name extends string>(folder: string, name: Name): Promise<ProjectManifest<Name> | undefined> {
  const text = await readText(join(folder, name), { maxBytes }).catch(() => undefined);
  return text === undefined ? undefined : { name, folder, text };
}

/** The folder of the package that `file` (an absolute path) is in; undefined if it is in none. `top`: the last folder that is looked at. */
export async function packageFolder(file: string, top: string): Promise<string | undefined> {
  const [manifest] = await nearestManifests(file, packageManifests, top);
  return manifest?.folder;
}
