// Which language a file is in: by the name that its editor gives it, else by its extension. Needs the manifests only, no grammar.

import type { Assets } from './assets.ts';
import { type GrammarFolder, readGrammarFolders } from './grammar-manifest.ts';

export class LanguageNames {
  readonly #ids = new Set<string>();
  readonly #byExtension = new Map<string, string>();

  constructor(folders: readonly GrammarFolder[]) {
    for (const { manifest } of folders) {
      for (const id of manifest.languageIds) this.#ids.add(id);
      for (const extension of manifest.extensions) this.#byExtension.set(extension, manifest.languageIds[0]!);
    }
  }

  /** The language id of a file by its extension; undefined if no grammar has that extension. */
  byPath(path: string): string | undefined {
    return this.#byExtension.get(extensionOf(path));
  }

  /** The id that an open document goes by: the editor's own if a grammar has it, else that of the file's extension, else the editor's all the same. */
  resolve(languageId: string, path: string): string {
    return this.#ids.has(languageId) ? languageId : (this.byPath(path) ?? languageId);
  }
}

export async function readLanguageNames(assets: Assets): Promise<LanguageNames> {
  return new LanguageNames(await readGrammarFolders(assets));
}

/** The extension with its dot, in lower case; empty for a name that only begins with a dot. */
function extensionOf(path: string): string {
  return /[^/\\](\.[^./\\]*)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
