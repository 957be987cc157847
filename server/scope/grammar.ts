// One loaded grammar: its parsers and its compiled queries.

import type { Edit, Language, Node, Parser, ParseState, Query, Tree } from 'web-tree-sitter';
import type { Span } from '../text/span.ts';
import { oneTurn, runToEnd, type Turns, type Work } from '../turns.ts';
import type { Assets } from './assets.ts';
import type { Core } from './core.ts';
import { type GrammarFolder, type GrammarManifest, readQuery } from './grammar-manifest.ts';

export type { Node, Tree };

interface Loaded {
  readonly folder: GrammarFolder;
  readonly scopes: string;
  readonly faults: string;
  readonly turns: Turns;
}

interface ParseOptions {
  readonly edited?: Tree;
  readonly isSoundOnly?: boolean;
}

/** Bytes of UTF-16 at the end of a text in which `hasError` is not trusted: one branch of the parser may have an error there while another has accepted. */
const endBytes = 1000;

/** A language that can be parsed. Lives as long as the scopes it was loaded for. */
export class Grammar {
  readonly manifest: GrammarManifest;
  /** The query for scopes; its captures are explained in grammars/README.md. */
  readonly scopes: Query;
  /** The query for what the grammar takes and the language does not. */
  readonly faults: Query;
  /** Captures every comment. */
  readonly comments: Query;
  readonly #core: Core;
  readonly #language: Language;
  readonly #turns: Turns;
  /** Parsers that are not in use. A parse that pauses keeps its parser: only that one can go on where it stopped. */
  readonly #idle: Parser[] = [];

  private constructor(core: Core, language: Language, { folder, scopes, faults, turns }: Loaded) {
    this.#core = core;
    this.#language = language;
    this.#turns = turns;
    this.manifest = folder.manifest;
    this.scopes = new core.Query(language, scopes);
    this.faults = new core.Query(language, faults);
    this.comments = new core.Query(
      language,
      folder.manifest.nodes.comment.map((type) => `(${type}) @comment`).join('\n'),
    );
  }

  static async load(core: Core, folder: GrammarFolder, assets: Assets, turns = oneTurn): Promise<Grammar> {
    const { path, manifest } = folder;
    const wasmFiles = [`${path}/grammar.wasm`, `node_modules/${manifest.package}/${manifest.wasm}`];
    const [scopes, faults, wasm] = await Promise.all([
      readQuery(assets, folder, manifest.queries),
      readQuery(assets, folder, manifest.faults ?? []),
      assets.read(...wasmFiles),
    ]);
    return new Grammar(core, await core.Language.load(wasm), { folder, scopes, faults, turns });
  }

  /** Parses a text without a pause: for short ones. The caller deletes the tree. */
  parse(text: string): Tree {
    return runToEnd(this.parseInTurns(text, {}))!;
  }

  /**
   * The same in as many turns of the event loop as it takes; incrementally from `edited`, the tree of an earlier text to which the edit has been applied, and which
   * must not be deleted before this ends. With `isSoundOnly`, undefined as soon as it is certain that the text has a syntax error.
   */
  *parseInTurns(text: string, { edited, isSoundOnly }: ParseOptions): Work<Tree | undefined> {
    const parser = this.#idle.pop() ?? new this.#core.Parser().setLanguage(this.#language);
    let isFaulty = false;
    const progressCallback = ({ hasError, currentOffset }: ParseState) => {
      isFaulty = isSoundOnly === true && hasError && currentOffset < 2 * text.length - endBytes;
      return isFaulty || this.#turns.shouldYield();
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
    this.faults.delete();
    this.comments.delete();
    for (const parser of this.#idle.splice(0)) parser.delete();
  }
}

/**
 * The options that bound a query to `window` (UTF-16 offsets). web-tree-sitter 0.27 takes offsets everywhere but here, where it hands them
 * on as bytes of UTF-16; a window that ends at 0 would mean the whole text.
 */
export function indexRange({ from, to }: Span): { startIndex: number; endIndex: number } {
  return { startIndex: 2 * from, endIndex: 2 * Math.max(to, 1) };
}
