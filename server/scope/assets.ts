// Where grammars and WebAssembly come from: a port, so that a scope can be found where there is no disk.

/**
 * The files that come with the program. Names are relative, with slashes: `grammars/LANGUAGE/…` as in the sources, `web-tree-sitter.wasm` and
 * `grammars/LANGUAGE/grammar.wasm` as the build lays them out, `node_modules/PACKAGE/…` where nothing is built.
 */
export interface Assets {
  /** The names of the folders in a folder. */
  folders(of: string): Promise<readonly string[]>;
  /** The bytes of the first of these files that there is; rejects if there is none, or it can't be read. */
  read(...names: readonly string[]): Promise<Uint8Array>;
}

export async function readTextAsset(assets: Assets, name: string): Promise<string> {
  return new TextDecoder().decode(await assets.read(name));
}
