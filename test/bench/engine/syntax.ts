// Whether texts of one function parse, by tree-sitter: the benchmark's own gate, so that it judges the engine independently.

import { createRequire } from 'node:module';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { trimCommon } from '../../../server/text/diff.ts';
import type { Pair } from './corpus.ts';

const wasmFiles: Readonly<Record<string, string>> = {
  typescript: 'tree-sitter-typescript/tree-sitter-typescript.wasm',
  tsx: 'tree-sitter-typescript/tree-sitter-tsx.wasm',
  javascript: 'tree-sitter-javascript/tree-sitter-javascript.wasm',
  python: 'tree-sitter-python/tree-sitter-python.wasm',
  rust: 'tree-sitter-rust/tree-sitter-rust.wasm',
};

/** A method alone does not parse: each pair is put into the surroundings in which its base has the fewest faults. */
const surroundings: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['class A {\n', '\n}\n'],
  ['const a = {\n', '\n}\n'],
  ['impl A {\n', '\n}\n'],
];

/** Parses of one pair's texts. */
export interface Syntax {
  /** No more ERROR and MISSING nodes than the base; from scratch, remembered by text. */
  parses(text: string): boolean;
  /** The same, reparsed incrementally from the last sound text, as a server does it. */
  gate(): Gate;
  /** Whether the new text itself is sound: if not, an engine has to reject it. */
  readonly sound: boolean;
}

export interface Gate {
  readonly calls: number;
  readonly ms: number;
  parses(text: string): boolean;
  dispose(): void;
}

export async function createSyntax(): Promise<(pair: Pair) => Syntax> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const parsers = new Map<string, Parser>();
  for (const [name, wasm] of Object.entries(wasmFiles)) {
    parsers.set(name, new Parser().setLanguage(await Language.load(require.resolve(wasm))));
  }
  return (pair) => syntaxOf(parsers.get(pair.language)!, pair);
}

function syntaxOf(parser: Parser, { before, after }: Pair): Syntax {
  const faults = ([head, tail]: readonly [string, string]) => countOf(parser, head + before + tail);
  const around = surroundings.reduce((best, each) => (faults(each) < faults(best) ? each : best));
  const allowed = faults(around);
  const known = new Map<string, boolean>();
  const parses = (text: string) => {
    const sound = known.get(text) ?? countOf(parser, around[0] + text + around[1]) <= allowed;
    known.set(text, sound);
    return sound;
  };
  return { parses, gate: () => createGate(parser, around, before, allowed), sound: parses(after) };
}

function createGate(parser: Parser, [head, tail]: readonly [string, string], base: string, allowed: number): Gate {
  let text = head + base + tail;
  let tree = parser.parse(text)!;
  let calls = 0;
  let ms = 0;
  const parse = (candidate: string): boolean => {
    const next = head + candidate + tail;
    const edited = tree.copy();
    edited.edit(inputEdit(text, next));
    const parsed = parser.parse(next, edited)!;
    edited.delete();
    const sound = countErrorNodes(parsed) <= allowed;
    (sound ? tree : parsed).delete();
    if (sound) [tree, text] = [parsed, next];
    return sound;
  };
  return {
    parses(candidate) {
      const started = performance.now();
      const sound = parse(candidate);
      ms += performance.now() - started;
      calls++;
      return sound;
    },
    dispose: () => tree.delete(),
    get calls() {
      return calls;
    },
    get ms() {
      return ms;
    },
  };
}

function inputEdit(a: string, b: string) {
  const { from, toA, toB } = trimCommon(a, b);
  return {
    startIndex: from,
    oldEndIndex: toA,
    newEndIndex: toB,
    startPosition: pointAt(a, from),
    oldEndPosition: pointAt(a, toA),
    newEndPosition: pointAt(b, toB),
  } as Parameters<Tree['edit']>[0];
}

function pointAt(text: string, offset: number): { row: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { row: lines.length - 1, column: lines.at(-1)!.length };
}

function countOf(parser: Parser, text: string): number {
  const tree = parser.parse(text)!;
  const count = countErrorNodes(tree);
  tree.delete();
  return count;
}

function countErrorNodes(tree: Tree): number {
  if (!tree.rootNode.hasError) return 0;
  const cursor = tree.walk();
  let count = 0;
  for (let down = true; ; ) {
    if (down && (cursor.currentNode.isError || cursor.currentNode.isMissing)) count++;
    if (down && cursor.currentNode.hasError && cursor.gotoFirstChild()) continue;
    down = cursor.gotoNextSibling();
    if (!down && !cursor.gotoParent()) break;
  }
  cursor.delete();
  return count;
}
