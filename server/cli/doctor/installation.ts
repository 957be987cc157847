// What is installed: the program, what it runs on, and the grammars that it brings along.

import { basename } from 'node:path';
import { messageOf } from '../../errors.ts';
import { programFiles } from '../../files/program-files.ts';
import { programVersion } from '../../program-version.ts';
import { createScopes } from '../../scope/create-scopes.ts';
import { readGrammarFolders } from '../../scope/grammar-manifest.ts';

export interface Installation {
  readonly version: string;
  readonly node: string;
  /** e.g. `linux x64`. */
  readonly platform: string;
  readonly grammars: readonly GrammarState[];
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
}

export interface GrammarState {
  readonly name: string;
  /** Why it can't be loaded. */
  readonly problem?: string;
}

/** What `engines` in package.json says. */
const leastNode = 20;

/** Loads every grammar for real. `assets`: the folder that holds `grammars/`. */
export async function inspectInstallation(assets: string): Promise<Installation> {
  const { node } = process.versions;
  const tooOld = Number.parseInt(node, 10) < leastNode ? [`Node ${leastNode} or newer is needed, this is ${node}`] : [];
  const grammars = await loadGrammars(assets).catch((error) => messageOf(error));
  const platform = `${process.platform} ${process.arch}`;
  const installation = { version: programVersion, node, platform };
  if (typeof grammars === 'string')
    return { ...installation, grammars: [], problems: [...tooOld, `the grammars are not there: ${grammars}`] };
  const broken = grammars.filter(({ problem }) => problem !== undefined);
  const problems = broken.map(({ name, problem }) => `the grammar ${name} can't be loaded: ${problem}`);
  return { ...installation, grammars, problems: [...tooOld, ...problems] };
}

async function loadGrammars(assets: string): Promise<GrammarState[]> {
  const files = programFiles(assets);
  const folders = await readGrammarFolders(files);
  const scopes = await createScopes({ assets: files });
  const states: GrammarState[] = [];
  for (const { manifest, path } of folders) {
    const loading = scopes.load(manifest.languageIds[0]!);
    const problem = await loading.then(() => undefined, messageOf);
    states.push({ name: basename(path), ...(problem !== undefined && { problem }) });
  }
  scopes.dispose();
  return states;
}
