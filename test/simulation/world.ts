// What all schedules of a process share: the loaded grammar, and a count of parse faults that owes the server nothing.

import { fileURLToPath } from 'node:url';
import type { Node } from 'web-tree-sitter';
import { programFiles } from '../../server/files/program-files.ts';
import { createScopes } from '../../server/scope/create-scopes.ts';
import type { Scopes } from '../../server/scope/scopes.ts';

export interface World {
  readonly scopes: Scopes;
  /** ERROR and MISSING nodes of a text; 0 for a language without a grammar. */
  faults(text: string, languageId: string): number;
}

/** Texts whose faults are remembered, so that the laws cost less than what they watch. */
const maxKnown = 20_000;

export async function createWorld(root: string): Promise<World> {
  const scopes = await createScopes({ assets: programFiles(root) });
  await scopes.load('typescript');
  const { Language, Parser } = await import('web-tree-sitter');
  const wasm = 'node_modules/tree-sitter-typescript/tree-sitter-typescript.wasm';
  const parser = new Parser().setLanguage(await Language.load(`${root}/${wasm}`));
  const known = new Map<string, number>();
  return {
    scopes,
    faults(text, languageId) {
      if (languageId !== 'typescript') return 0;
      let faults = known.get(text);
      if (faults !== undefined) return faults;
      const tree = parser.parse(text)!;
      faults = count(tree.rootNode);
      tree.delete();
      if (known.size >= maxKnown) known.clear();
      known.set(text, faults);
      return faults;
    },
  };
}

function count(node: Node): number {
  if (!node.hasError) return 0;
  let faults = node.isError || node.isMissing ? 1 : 0;
  for (const child of node.children) if (child) faults += count(child);
  return faults;
}

/** The top of the checkout, from wherever this runs: as a source, or bundled. */
export function rootOf(url: string): string {
  const path = fileURLToPath(url);
  const at = Math.max(path.lastIndexOf('/test/simulation/'), path.lastIndexOf('/node_modules/.cache/'));
  return path.slice(0, at);
}
