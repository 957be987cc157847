// What `grammars/LANGUAGE/` holds: the manifest's shape, and reading it. Data only; see grammars/README.md.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommentSyntax } from './scopes.ts';

/** Names of the grammar's node types, by the part they play. A part that is absent is played by none. */
export interface NodeRoles {
  readonly comment: readonly string[];
  /** What belongs to the declaration directly below it: comments, decorators, attributes. */
  readonly attached: readonly string[];
  /** What a declaration may be wrapped in and is one with: `export`, `const`, decorators. */
  readonly wrapper: readonly string[];
  /** A body of statements or members, as against that of `x => x + 1`. */
  readonly block: readonly string[];
  /** Statements that import. */
  readonly import: readonly string[];
  /** What imports stand below, beside comments and strings. */
  readonly header?: readonly string[];
  /** Markup within code: what makes a function a component. */
  readonly markup?: readonly string[];
  /** What a comment within markup stands in, and is removed with: JSX's braces. */
  readonly commentHolder?: readonly string[];
}

/** `grammar.json`. */
export interface Manifest {
  /** The npm package that carries the grammar, and the WebAssembly file in it. */
  readonly package: string;
  readonly wasm: string;
  /** Query files, read one after the other, relative to the folder. */
  readonly queries: readonly string[];
  /** The names that editors give the language; the first one is the LSP's own. */
  readonly languageIds: readonly string[];
  readonly extensions: readonly string[];
  readonly comments: CommentSyntax;
  readonly nodes: NodeRoles;
  /** Regular expressions: a body of nothing but statements that match is a stub. */
  readonly stubs: readonly string[];
  /** Regular expression: a statement that matches is an import too. */
  readonly requires?: string;
  /** Blocks are made by indentation, so that a comment below the last statement may still be inside. */
  readonly indented?: boolean;
}

export interface Folder {
  readonly path: string;
  readonly manifest: Manifest;
}

/** The folders of `grammars` that hold a `grammar.json`. */
export async function readFolders(grammars: string): Promise<Folder[]> {
  const entries = await readdir(grammars, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(grammars, entry.name));
  return Promise.all(folders.map(async (path) => ({ path, manifest: await readManifest(path) })));
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'grammar.json'), 'utf8'));
}

/** The text of a language's query. */
export async function readQuery({ path, manifest }: Folder): Promise<string> {
  return (await Promise.all(manifest.queries.map((file) => readFile(join(path, file), 'utf8')))).join('\n');
}
