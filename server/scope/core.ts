// Loads web-tree-sitter, once, with a stack that is large enough for deep texts, and tells its breakdowns from other errors.

import type { Assets } from './assets.ts';

export type Core = typeof import('web-tree-sitter');

/**
 * Bytes. web-tree-sitter is built with a stack of 64 KB, and overflows it into its own data without an error: `x<a><a>…` does it at 3,000 levels, and whatever is
 * parsed afterwards, in any document, may be wrong. With this size JavaScript's own stack overflows first, which throws. Costs no memory until it is used.
 */
const stackBytes = 4 * 1024 * 1024;
/** Bytes: the alignment of the stack that WebAssembly code expects. */
const alignment = 16;

/** The part of WebAssembly's interface that is needed here; the types of Node lack it. */
interface WebAssemblyApi {
  instantiate(bytes: Uint8Array, imports: Imports): Promise<{ instance: object; module: object }>;
  readonly RuntimeError: ErrorConstructor;
}
interface Imports {
  readonly env?: { readonly __stack_pointer?: { value: number } };
}
const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** The part of an Emscripten module that is needed here. */
interface Machine {
  locateFile(): string;
  instantiateWasm(imports: Imports, ready: (instance: object, module: object) => void): object;
  _malloc?(bytes: number): number;
}

const wasmFile = 'web-tree-sitter.wasm';

/** Loads web-tree-sitter. Only the first call in a process has an effect: the library keeps its instance in a global of its own. */
export async function loadCore(assets: Assets): Promise<Core> {
  const core = await import('web-tree-sitter');
  const wasm = await assets.read(wasmFile, `node_modules/web-tree-sitter/${wasmFile}`);
  let stack: { value: number } | undefined;
  const machine: Machine = {
    locateFile: () => wasmFile,
    instantiateWasm(imports, ready) {
      stack = imports.env?.__stack_pointer;
      void engine.instantiate(wasm, imports).then(({ instance, module }) => ready(instance, module));
      return {};
    },
  };
  await core.Parser.init(machine);
  if (stack && machine._malloc) {
    const top = machine._malloc(stackBytes) + stackBytes;
    stack.value = top - (top % alignment);
  }
  return core;
}

/**
 * Whether an error means that web-tree-sitter has broken down: it ran out of memory or stack, or into a bug of its own. Its memory can't be trusted from then on,
 * and there is only one instance in a process.
 */
export function isBreakdown(error: unknown): boolean {
  return error instanceof engine.RuntimeError || (error instanceof RangeError && /call stack/i.test(error.message));
}
