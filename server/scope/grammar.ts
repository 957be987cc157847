// One loaded grammar: its parsers and its compiled queries.

import { readFile } from 'node:fs/promises';
import type { Edit, Language, Node, Parser, ParseState, Query, Tree } from 'web-tree-sitter';
import type { Span } from '../text/span.ts';
import { doAtOnce, type Turns, unhurried, type Work } from '../turns.ts';
import type { Core, WasmPath } from './core.ts';
import { type Folder, type Manifest, readQuery } from './manifest.ts';

export type { Node, Tree };

interface Loaded {
  readonly folder: Folder;
  readonly query: string;
  readonly turns: Turns;
}

interface ParseOptions {
  readonly edited?: Tree;
  readonly isSoundOnly?: boolean;
}

/** Near the end of a text the parser may have an error in one reading and have accepted another. */
const END_BYTES = 1000;

/** A language that can be parsed. Lives as long as the scopes it was loaded for. */
export class Grammar {
  readonly manifest: Manifest;
  /** Its captures are explained in grammars/README.md. */
  readonly scopes: Query;
  /** Captures every comment. */
  readonly comments: Query;
  readonly #core: Core;
  readonly #language: Language;
  readonly #turns: Turns;
  /** A parse that stops goes on where it stopped only with its own parser. */
  readonly #idle: Parser[] = [];

  private constructor(core: Core, language: Language, { folder, query, turns }: Loaded) {
    this.#core = core;
    this.#language = language;
    this.#turns = turns;
    this.manifest = folder.manifest;
    this.scopes = new core.Query(language, query);
    this.comments = new core.Query(
      language,
      folder.manifest.nodes.comment.map((type) => `(${type}) @comment`).join('\n'),
    );
  }

  static async load(core: Core, folder: Folder, wasmPath: WasmPath, turns = unhurried): Promise<Grammar> {
    const [query, wasm] = await Promise.all([readQuery(folder), readFile(wasmPath(folder))]);
    return new Grammar(core, await core.Language.load(wasm), { folder, query, turns });
  }

  /** The tree of a whole text, in this turn: for what is short. The caller deletes it. */
  parse(text: string): Tree {
    return doAtOnce(this.parseInTurns(text, {}))!;
  }

  /**
   * The same in as many turns as it takes, made from the tree of the text before, if that was told of the edit (`edited` must live until this is over).
   * Undefined, with `isSoundOnly`, as soon as it is certain that the text has a fault.
   */
  *parseInTurns(text: string, { edited, isSoundOnly }: ParseOptions): Work<Tree | undefined> {
    const parser = this.#idle.pop() ?? new this.#core.Parser().setLanguage(this.#language);
    let isFaulty = false;
    const progressCallback = ({ hasError, currentOffset }: ParseState) => {
      isFaulty = isSoundOnly === true && hasError && currentOffset < 2 * text.length - END_BYTES;
      return isFaulty || this.#turns.isOver();
    };
    try {
      for (;;) {
        const tree = parser.parse(text, edited, { progressCallback });
        if (tree || isFaulty) return tree ?? undefined;
        yield;
      }
    } finally {
      parser.reset();
      this.#idle.push(parser);
    }
  }

  /** tree-sitter's form of an edit. */
  edit(change: ConstructorParameters<typeof Edit>[0]): Edit {
    return new this.#core.Edit(change);
  }

  dispose(): void {
    this.scopes.delete();
    this.comments.delete();
    for (const parser of this.#idle.splice(0)) parser.delete();
  }
}

/**
 * The options that bound a query to `window` (UTF-16 offsets). web-tree-sitter 0.27 takes offsets everywhere but here, where it hands them
 * on as bytes of UTF-16; a window that ends at 0 would mean the whole text.
 */
export function within({ from, to }: Span): { startIndex: number; endIndex: number } {
  return { startIndex: 2 * from, endIndex: 2 * Math.max(to, 1) };
}
