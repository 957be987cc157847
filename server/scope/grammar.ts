// One loaded grammar: its parser and its compiled queries. Owns web-tree-sitter, which is only loaded when a grammar is.

import { readFile } from 'node:fs/promises';
import type { Edit, Language, Node, Parser, Query, Tree } from 'web-tree-sitter';
import type { Span } from '../text/span.ts';
import { type Folder, type Manifest, readQuery } from './manifest.ts';

export type { Node, Tree };

type Core = typeof import('web-tree-sitter');

/** The paths of a WebAssembly file; `wasm` is undefined for web-tree-sitter's own. */
export type WasmPath = (folder?: Folder) => string;

/** Loads web-tree-sitter itself. At most once per process: it keeps its WebAssembly module in a global of its own. */
export async function loadCore(wasmPath: WasmPath): Promise<Core> {
  const core = await import('web-tree-sitter');
  await core.Parser.init({ locateFile: () => wasmPath() });
  return core;
}

/** A language that can be parsed. Lives as long as the scopes it was loaded for. */
export class Grammar {
  readonly manifest: Manifest;
  /** Its captures are explained in grammars/README.md. */
  readonly scopes: Query;
  /** Captures every comment. */
  readonly comments: Query;
  readonly #core: Core;
  readonly #parser: Parser;

  private constructor(core: Core, language: Language, folder: Folder, query: string) {
    this.#core = core;
    this.manifest = folder.manifest;
    this.scopes = new core.Query(language, query);
    this.comments = new core.Query(
      language,
      folder.manifest.nodes.comment.map((type) => `(${type}) @comment`).join('\n'),
    );
    this.#parser = new core.Parser().setLanguage(language);
  }

  static async load(core: Core, folder: Folder, wasmPath: WasmPath): Promise<Grammar> {
    const [query, wasm] = await Promise.all([readQuery(folder), readFile(wasmPath(folder))]);
    return new Grammar(core, await core.Language.load(wasm), folder, query);
  }

  /** The tree of a whole text, made from that of the text before, if that was told of the edit. The caller deletes it. */
  parse(text: string, edited?: Tree): Tree {
    const tree = this.#parser.parse(text, edited);
    if (!tree) throw new Error('a parser without a time limit gave no tree');
    return tree;
  }

  /** tree-sitter's form of an edit. */
  edit(change: ConstructorParameters<typeof Edit>[0]): Edit {
    return new this.#core.Edit(change);
  }

  dispose(): void {
    this.scopes.delete();
    this.comments.delete();
    this.#parser.delete();
  }
}

/**
 * The options that bound a query to `window` (UTF-16 offsets). web-tree-sitter 0.27 takes offsets everywhere but here, where it hands them
 * on as bytes of UTF-16; a window that ends at 0 would mean the whole text.
 */
export function within({ from, to }: Span): { startIndex: number; endIndex: number } {
  return { startIndex: 2 * from, endIndex: 2 * Math.max(to, 1) };
}
