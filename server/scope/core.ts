// web-tree-sitter itself: loaded once, with a stack that deep texts do not run over, and what it means when it breaks down all the same.

import { readFile } from 'node:fs/promises';
import type { Folder } from './manifest.ts';

export type Core = typeof import('web-tree-sitter');

/** The paths of a WebAssembly file; `wasm` is undefined for web-tree-sitter's own. */
export type WasmPath = (folder?: Folder) => string;

/**
 * Bytes. It is built with 64 KB, and what goes past that is written over its own data: `x<a><a>…` does it at 3,000 levels, and whatever is parsed afterwards, in any
 * document, may be wrong. With so many the process's own stack ends first, which is an error like any other. Costs no memory until it is used.
 */
const STACK_BYTES = 4 * 1024 * 1024;
/** What WebAssembly code expects of a stack. */
const ALIGNMENT = 16;

/** Of WebAssembly's own interface, so much as is needed here: the types of Node lack it. */
interface Engine {
  instantiate(bytes: Uint8Array, imports: Imports): Promise<{ instance: object; module: object }>;
  readonly RuntimeError: ErrorConstructor;
}
interface Imports {
  readonly env?: { readonly __stack_pointer?: { value: number } };
}
const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };

/** Of what Emscripten takes and gives, so much as is needed here. */
interface Machine {
  locateFile(): string;
  instantiateWasm(imports: Imports, ready: (instance: object, module: object) => void): object;
  _malloc?(bytes: number): number;
}

/** Loads web-tree-sitter. Only the first call makes a machine: it keeps that in a global of its own. */
export async function loadCore(wasmPath: WasmPath): Promise<Core> {
  const core = await import('web-tree-sitter');
  const wasm = await readFile(wasmPath());
  let stack: { value: number } | undefined;
  const machine: Machine = {
    locateFile: () => wasmPath(),
    instantiateWasm(imports, ready) {
      stack = imports.env?.__stack_pointer;
      void engine.instantiate(wasm, imports).then(({ instance, module }) => ready(instance, module));
      return {};
    },
  };
  await core.Parser.init(machine);
  if (stack && machine._malloc) {
    const top = machine._malloc(STACK_BYTES) + STACK_BYTES;
    stack.value = top - (top % ALIGNMENT);
  }
  return core;
}

/**
 * Whether web-tree-sitter has broken down: it ran out of memory or of stack, or over a bug of its own. What its memory holds can't be trusted from then on, and
 * there is no second one in a process.
 */
export function isBreakdown(error: unknown): boolean {
  return error instanceof engine.RuntimeError || (error instanceof RangeError && /call stack/i.test(error.message));
}
