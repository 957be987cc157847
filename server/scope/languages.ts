// The languages there are, and those of them that are loaded.

import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Turns, unhurried } from '../turns.ts';
import { loadCore } from './core.ts';
import { Grammar } from './grammar.ts';
import type { Folder } from './manifest.ts';

/** Grammars by the names that editors give their languages. Owns those that are loaded. */
export class Languages {
  readonly #dir: string;
  readonly #turns: Turns;
  readonly #folders = new Map<string, Folder>();
  readonly #loading = new Map<Folder, Promise<void>>();
  readonly #loaded = new Map<Folder, Grammar>();
  #core: ReturnType<typeof loadCore> | undefined;

  constructor(dir: string, folders: readonly Folder[], turns = unhurried) {
    this.#dir = dir;
    this.#turns = turns;
    for (const folder of folders) for (const id of folder.manifest.languageIds) this.#folders.set(id, folder);
  }

  folder(languageId: string): Folder | undefined {
    return this.#folders.get(languageId);
  }

  get(languageId: string): Grammar | undefined {
    const folder = this.#folders.get(languageId);
    return folder && this.#loaded.get(folder);
  }

  byPath(path: string): string | undefined {
    const extension = extname(path).toLowerCase();
    for (const [id, { manifest }] of this.#folders) if (manifest.extensions.includes(extension)) return id;
    return undefined;
  }

  async load(languageId: string): Promise<boolean> {
    const folder = this.#folders.get(languageId);
    if (!folder) return false;
    if (!this.#loading.has(folder)) this.#loading.set(folder, this.#loadFolder(folder));
    await this.#loading.get(folder);
    return true;
  }

  async #loadFolder(folder: Folder): Promise<void> {
    this.#core ??= loadCore(this.#wasmPath);
    this.#loaded.set(folder, await Grammar.load(await this.#core, folder, this.#wasmPath, this.#turns));
  }

  readonly #wasmPath = (folder?: Folder): string => {
    const built = folder ? join(folder.path, 'grammar.wasm') : join(this.#dir, 'web-tree-sitter.wasm');
    if (existsSync(built)) return built;
    const [name, file] = folder
      ? [folder.manifest.package, folder.manifest.wasm]
      : ['web-tree-sitter', 'web-tree-sitter.wasm'];
    return join(this.#dir, 'node_modules', name, file);
  };

  /** There are none any more, and none is freed. */
  abandon(): void {
    this.#loaded.clear();
  }

  dispose(): void {
    for (const grammar of this.#loaded.values()) grammar.dispose();
    this.#loaded.clear();
  }
}
