// The manifest of a grammar, `grammars/LANGUAGE/grammar.json`: its shape, and reading it. See grammars/README.md.

import { type Assets, readTextAsset } from './assets.ts';
import type { CommentSyntax } from './scopes.ts';

/** The grammar's node types by their role. An absent role has none. */
export interface NodeRoles {
  readonly comment: readonly string[];
  /** Nodes that belong to the declaration directly below them: comments, decorators, attributes. */
  readonly attached: readonly string[];
  /** Nodes that wrap a declaration and form one unit with it: `export`, `const`, decorators. */
  readonly wrapper: readonly string[];
  /** Bodies of statements or members (not an expression, as in `x => x + 1`). */
  readonly block: readonly string[];
  /** Nodes whose children are items, each a part of its own: bodies of statements or members, lists, tables, cases. */
  readonly items: readonly string[];
  /** Declarations whose body holds members: classes. */
  readonly holder?: readonly string[];
  /** Declarations whose body holds statements as the file itself does. */
  readonly namespace?: readonly string[];
  /** Declarations that may declare several things, each a part of its own: `const a = 1, b = 2`, `type ( … )`. */
  readonly group?: readonly string[];
  /** Statements that hold an expression: calls with a callback. */
  readonly statement?: readonly string[];
  /** Functions without a name. */
  readonly function?: readonly string[];
  /** The arguments of a call. */
  readonly arguments?: readonly string[];
  /** Strings: behind one, a callback has a name (`it('…', () => …)`). */
  readonly string?: readonly string[];
  /** Expressions through which a value still is that of the statement around them: calls, parentheses, `await`. */
  readonly through?: readonly string[];
  /** Import statements. */
  readonly import: readonly string[];
  /** What the tree shows no more of than its tokens: the code in a macro. */
  readonly tokens?: readonly string[];
  /** What else than comments and strings may stand above the imports. */
  readonly header?: readonly string[];
  /** What encloses a comment within markup and is removed with it: JSX's braces. */
  readonly commentHolder?: readonly string[];
}

/** `grammar.json`. */
export interface GrammarManifest {
  /** The npm package of the grammar, and the WebAssembly file in it. */
  readonly package: string;
  readonly wasm: string;
  /** Query files, relative to the folder; together they are one query. */
  readonly queries: readonly string[];
  /** Query files for what the grammar takes and the language does not; relative to the folder. */
  readonly faults?: readonly string[];
  /** The names that editors give the language; the first one is the LSP's own. */
  readonly languageIds: readonly string[];
  readonly extensions: readonly string[];
  readonly comments: CommentSyntax;
  readonly nodes: NodeRoles;
  /** Regular expressions: a body in which every statement matches one of them is a stub. */
  readonly stubs: readonly string[];
  /** A regular expression: a statement that matches is an import too (`require`). */
  readonly requires?: string;
  /** A regular expression: a call of such a function gives back the function that is passed to it, as `memo` does. */
  readonly transparent?: string;
  /** A regular expression for comments that document a declaration, even with a blank line between. */
  readonly docComment?: string;
  /** Whether blocks are made by indentation: then a comment below the last statement may still be inside. */
  readonly indented?: boolean;
}

export interface GrammarFolder {
  /** As an asset, e.g. `grammars/python`. */
  readonly path: string;
  readonly manifest: GrammarManifest;
}

/** The folders of all languages. Rejects if one can't be read. */
export async function readGrammarFolders(assets: Assets): Promise<GrammarFolder[]> {
  const names = await assets.folders('grammars');
  return Promise.all(
    names.map(async (name) => {
      const path = `grammars/${name}`;
      return { path, manifest: JSON.parse(await readTextAsset(assets, `${path}/grammar.json`)) };
    }),
  );
}

/** The text of one query, which is in these files of the language's folder. */
export async function readQuery(assets: Assets, { path }: GrammarFolder, files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map((file) => readTextAsset(assets, `${path}/${file}`)))).join('\n');
}
