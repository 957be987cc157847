// The languages that have a grammar, and the grammars that are loaded.

import { oneTurn, type Turns } from '../turns.ts';
import type { Assets } from './assets.ts';
import { loadCore } from './core.ts';
import { Grammar } from './grammar.ts';
import type { GrammarFolder } from './grammar-manifest.ts';
import { LanguageNames } from './language-names.ts';

/** Grammars by the language ids that editors use. Owns those that are loaded. */
export class Languages {
  readonly names: LanguageNames;
  readonly #assets: Assets;
  readonly #turns: Turns;
  readonly #folders = new Map<string, GrammarFolder>();
  readonly #loading = new Map<GrammarFolder, Promise<void>>();
  readonly #loaded = new Map<GrammarFolder, Grammar>();
  #core: ReturnType<typeof loadCore> | undefined;

  constructor(assets: Assets, folders: readonly GrammarFolder[], turns = oneTurn) {
    this.#assets = assets;
    this.#turns = turns;
    this.names = new LanguageNames(folders);
    for (const folder of folders) for (const id of folder.manifest.languageIds) this.#folders.set(id, folder);
  }

  folder(languageId: string): GrammarFolder | undefined {
    return this.#folders.get(languageId);
  }

  get(languageId: string): Grammar | undefined {
    const folder = this.#folders.get(languageId);
    return folder && this.#loaded.get(folder);
  }

  async load(languageId: string): Promise<boolean> {
    const folder = this.#folders.get(languageId);
    if (!folder) return false;
    if (!this.#loading.has(folder)) this.#loading.set(folder, this.#loadFolder(folder));
    await this.#loading.get(folder);
    return true;
  }

  async #loadFolder(folder: GrammarFolder): Promise<void> {
    this.#core ??= loadCore(this.#assets);
    this.#loaded.set(folder, await Grammar.load(await this.#core, folder, this.#assets, this.#turns));
  }

  /** Drops all loaded grammars without freeing them: tree-sitter's memory can't be trusted any more. */
  abandon(): void {
    this.#loaded.clear();
  }

  dispose(): void {
    for (const grammar of this.#loaded.values()) grammar.dispose();
    this.#loaded.clear();
  }
}
