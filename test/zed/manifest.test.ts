// The Zed client's manifest against the rest of the repository: its languages are those of the grammars, its version is one.

import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { clientFile } from './task.ts';

interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly schema_version: number;
  readonly language_servers: Readonly<Record<string, Server>>;
}

interface Server {
  readonly languages: readonly string[];
  /** By Zed's name of the language. */
  readonly language_ids: Readonly<Record<string, string>>;
}

interface Crate {
  readonly package: { readonly name: string; readonly version: string };
  readonly lib: { readonly 'crate-type': readonly string[] };
  readonly dependencies: Readonly<Record<string, string>>;
}

const read = <T>(name: string) => parse(clientFile(name)) as unknown as T;
const json = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

const manifest = read<Manifest>('extension.toml');
const crate = read<Crate>('Cargo.toml');

test('every language has a grammar, and every grammar a language', () => {
  const { languages, language_ids: ids } = manifest.language_servers.quickhand!;
  expect(Object.keys(ids)).toEqual(languages);
  const folders = readdirSync(new URL('../../grammars', import.meta.url)).filter((name) => !name.includes('.'));
  const grammars = folders.map((name): string[] => json(`grammars/${name}/grammar.json`).languageIds);
  // The first is the Language Server Protocol's name.
  expect(Object.values(ids).sort()).toEqual(grammars.map(([first]) => first).sort());
});

test('one version: of the extension, the crate, and the npm package that it installs', () => {
  const { package: locked } = read<{ package: Crate['package'][] }>('Cargo.lock');
  const versions = [
    manifest.version,
    crate.package.version,
    locked.find(({ name }) => name === crate.package.name)?.version,
  ];
  expect(versions).toEqual(versions.map(() => json('package.json').version));
});

test('is what Zed can load: a known schema, a library, an exact API', () => {
  expect(manifest).toMatchObject({ id: 'quickhand', schema_version: 1 });
  expect(crate.lib['crate-type']).toEqual(['cdylib']);
  expect(Object.values(crate.dependencies)).toEqual([expect.stringMatching(/^=\d+\.\d+\.\d+$/)]);
});

test('the settings in its README can be read', () => {
  const blocks = [...clientFile('README.md').matchAll(/```jsonc?\n([\s\S]*?)```/g)].map(([, block]) => block!);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(() => JSON.parse(`{${block.replaceAll(/^\s*\/\/.*$/gm, '')}}`)).not.toThrow();
});

test('a new user has at most three steps', () => {
  const steps = clientFile('README.md')
    .split('## Install')[1]!
    .split('## ')[0]!
    .match(/^\d\. /gm);
  expect(steps).toHaveLength(3);
});
