// The contract of the scope floor: which span a request means, whether a change to it would parse, and what else a tree can tell.

import type { Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Work } from '../turns.ts';

export type ScopeRequest = 'auto' | 'function' | 'class' | 'module' | 'selection';
export type ScopeKind = 'function' | 'class' | 'object' | 'module' | 'selection' | 'paragraph';

/** The region of one request. `span` is in offsets of the snapshot it was computed from; see design §4 for its exact edges. */
export interface Scope {
  readonly span: Span;
  readonly kind: ScopeKind;
  /** The declared name, if it has one. */
  readonly name?: string;
  /** A JSX component (design §1: function or component). */
  readonly component: boolean;
  /** Whether the body is empty or only holds a TODO. */
  readonly stub: boolean;
  /** False for a language without a grammar: there is no parse gate then. */
  readonly parsed: boolean;
}

/** Says whether texts of one scope would parse; owns a tree, so dispose of it when the edit ends. */
export interface Gate {
  /** Whether the snapshot with `scope.span` replaced by `text` has no more ERROR and MISSING nodes than the snapshot itself. */
  parses(text: string): boolean;
  /** The same in as many turns as it takes; not two at a time. */
  judge(text: string): Work<boolean>;
  dispose(): void;
}

/** How a language writes comments: for removing them, and for writing one. */
export interface CommentSyntax {
  /** What begins a comment that ends with its line, e.g. `//`. */
  readonly line?: string;
  /** What opens and closes a block comment. */
  readonly block?: readonly [open: string, close: string];
  /** The same within markup, e.g. JSX: `{/*` and its counterpart. */
  readonly markup?: readonly [open: string, close: string];
}

/** A comment that asks for an edit: `// ai: return early`. */
export interface Directive {
  /**
   * What to remove, in offsets of the snapshot: whole lines with their line break, or, where the comment shares its lines with code,
   * the comment with the blanks before it.
   */
  readonly span: Span;
  /** What it asks for, on one line, without marker and comment syntax. May be empty while it is being typed. */
  readonly text: string;
}

/** The head of a function or a class, on one line; a member's is indented by two spaces. */
export interface Signature {
  readonly text: string;
  /** Whether its name occurs in the span that it was asked for. */
  readonly isUsed: boolean;
}

/** Where a new import goes: at the offset `at`, with so many line breaks before and after it. */
export interface ImportPlace {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** What a user should know of trees that are no more. */
export interface ScopesListener {
  /** Told once of a document that counts as one without a grammar, because parsing it takes too long. */
  readonly onGivenUp?: (uri: string) => void;
  /** Told once when tree-sitter itself has broken down: from then on no language has a grammar. */
  readonly onBreakdown?: () => void;
}

/** tree-sitter trees of the open documents. Trees are kept by uri, reparsed incrementally, and freed. */
export interface Scopes {
  /** Loads the grammar of a language once; resolves to whether there is one. Synchronous calls below work after that. */
  load(languageId: string): Promise<boolean>;
  /** Whether `load` has finished for it and found a grammar. */
  ready(languageId: string): boolean;
  /** The language of a file by its extension, for who has no editor to say so. Undefined without a grammar for it. */
  languageOf(path: string): string | undefined;
  /** Known as soon as the scopes are created; undefined for a language without a grammar. */
  commentSyntax(languageId: string): CommentSyntax | undefined;
  /** The scope that a selection (offsets into the snapshot; empty: a cursor) means. Undefined only if the document is blank. */
  find(snapshot: Snapshot, selection: Span, request: ScopeRequest): Scope | undefined;
  /** Undefined for a language without a grammar. Measures the snapshot, however the document goes on. */
  gate(snapshot: Snapshot, span: Span): Gate | undefined;
  /** Comments that touch `span`, in order. A scope's span already holds those directly above it. */
  comments(snapshot: Snapshot, span: Span): Span[];
  /** The first directive on the lines of `span` (a cursor: on its line). Also works, line by line, without a grammar. */
  directiveAt(snapshot: Snapshot, span: Span): Directive | undefined;
  /** The functions and classes beside `span` and above it in the tree, the bodies cut; if they are many, those that it names, then the nearest. */
  signatures(snapshot: Snapshot, span: Span): Signature[];
  /** The imports at the top of the file, each as it stands there. */
  imports(snapshot: Snapshot): string[];
  /** Below the imports at the top of the file, in the language's way. Also works, by the look of lines, without a grammar. */
  importPlace(snapshot: Snapshot): ImportPlace;
  /** Brings the kept tree up to date, so that a later `find` on this snapshot is cheap. */
  update(snapshot: Snapshot): void;
  /**
   * A long text is parsed in several turns of the event loop, and until then answered about as one without a grammar. Resolves when that is over, for the text
   * of this document that was asked about last; undefined if it is.
   */
  whenParsed(snapshot: Snapshot): Promise<void> | undefined;
  /** Frees what is kept for a document. A later question about one of its snapshots keeps a tree again. */
  close(uri: string): void;
  /** Frees everything. */
  dispose(): void;
}
