// The contract of `scope/`: which span a request means, whether a change to it would parse, and what else a syntax tree can tell.

import type { Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Work } from '../turns.ts';

export type ScopeRequest = 'auto' | 'function' | 'class' | 'module' | 'selection';
/**
 * `function`, `class`, `object`: a definition. `member`, `statement`: the part of a class or of the file in which there is no function. `imports`, `comment`: such lines in
 * a row. `block`, `paragraph`: by the layout of the lines, without a tree. `insertion`: a place for new code: an empty span between two definitions, or all of a document that is blank.
 */
export type ScopeKind =
  | 'function'
  | 'class'
  | 'object'
  | 'member'
  | 'statement'
  | 'imports'
  | 'comment'
  | 'module'
  | 'selection'
  | 'block'
  | 'paragraph'
  | 'insertion';

/** What a scope that nobody asked for by name should not exceed: a smaller one is looked for instead. */
export interface ScopeBounds {
  readonly maxLines: number;
  /** UTF-16 units. */
  readonly maxChars: number;
  /** Of an object or a whole module around code that nothing smaller holds. */
  readonly maxModuleLines: number;
}

/** What one request may change. `span` is in UTF-16 offsets of the snapshot it was computed from; DESIGN.md §4.2 has its exact edges. */
export interface Scope {
  readonly span: Span;
  readonly kind: ScopeKind;
  /** The declared name, if it has one. */
  readonly name?: string;
  /** Whether the body is empty or only holds a TODO. */
  readonly isStub: boolean;
  /** Whether it was found by a syntax tree; false for a language without a grammar. */
  readonly isParsed: boolean;
}

/** By what a new text is judged: the faults in its tree, or its brackets, quotes and indentation. */
export type CheckBasis = 'tree' | 'layout';

/** What is wrong with a new text. */
export interface Problem {
  /** Counted from 1 within that text: where a person would look. For a block that is not closed the line that opens it. */
  readonly line: number;
  /** In words for a person, at most 80 characters: `the block is not closed`. */
  readonly what: string;
}

/** Tells whether new texts of one scope would parse. Owns a tree: dispose of it when the edit ends. */
export interface ParseCheck {
  readonly basis: CheckBasis;
  /**
   * Whether the snapshot with `scope.span` replaced by `text` has no more faults than the snapshot itself: ERROR and MISSING nodes, and what the grammar takes and
   * the language does not. Without a tree see `layout-check.ts`.
   */
  parses(text: string): boolean;
  /** The same in as many turns of the event loop as it takes. One call must end before the next begins. */
  parsesInTurns(text: string): Work<boolean>;
  /**
   * Why a text that `parses` said no to does not parse: the first thing that is wrong in it and was not before. Undefined if nothing was found, or if the text is too
   * long to be looked at. Costs about as much as a parse: for the one text that an edit ends with.
   */
  problemIn(text: string): Problem | undefined;
  dispose(): void;
}

/** How a language writes comments. */
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
  /** The instruction, on one line, without marker and comment syntax. May be empty while it is being typed. */
  readonly text: string;
}

/** The head of a function or a class, on one line; a member's is indented by two spaces. */
export interface Signature {
  readonly text: string;
  /** Whether the scope that the signatures are for names it. */
  readonly isUsed: boolean;
}

/** Where a new import goes: at the UTF-16 offset `at`, with `before` line breaks in front of it and `after` behind it. */
export interface ImportPlace {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Called when trees are given up, so that the user can be informed. */
export interface ScopesListener {
  /** Called once for a document that counts as one without a grammar from now on, because parsing it takes too long. */
  readonly onGivenUp?: (uri: string) => void;
  /** Called once when tree-sitter itself has broken down: from then on no language has a grammar. */
  readonly onBreakdown?: () => void;
}

/**
 * Answers for snapshots of the open documents. Keeps one tree for each uri, parsed incrementally. Every call works without a tree too (no grammar, not loaded
 * yet, not parsed yet, over budget): then it goes by lines, or has nothing to say.
 */
export interface Scopes {
  /** Loads the grammar of a language once; resolves to whether there is one. The calls below use it from then on. */
  load(languageId: string): Promise<boolean>;
  /** Whether `load` has finished for it and found a grammar. */
  ready(languageId: string): boolean;
  /** The language id of a file by its extension, for use without an editor; that of an open document is decided where it is opened. Undefined if no grammar has that extension. */
  languageOf(path: string): string | undefined;
  /** From the grammar's manifest, so it need not be loaded; undefined for a language without a grammar. */
  commentSyntax(languageId: string): CommentSyntax | undefined;
  /**
   * The scope that a selection (UTF-16 offsets of the snapshot; empty: a cursor) means. With `bounds`, `auto` means the largest part that is within them where the scope
   * itself is not.
   */
  find(snapshot: Snapshot, selection: Span, request: ScopeRequest, bounds?: ScopeBounds): Scope;
  /** Undefined where there is nothing to check by, as in prose, and for a text of many megabytes. Compares with this snapshot, whatever becomes of the document. */
  parseCheck(snapshot: Snapshot, span: Span): ParseCheck | undefined;
  /** By what the check of a snapshot goes; undefined where there is none. */
  checkBasis(snapshot: Snapshot): CheckBasis | undefined;
  /** The spans of comments that touch `span`, in order; none without a grammar. A scope's span already holds those directly above it. */
  comments(snapshot: Snapshot, span: Span): Span[];
  /** The first directive on the lines of `span` (a cursor: on its line). Also works, line by line, without a grammar. */
  directiveAt(snapshot: Snapshot, span: Span): Directive | undefined;
  /** The functions and classes beside `span` and around it, without their bodies, in the order of the file; if they are many, those that it names, then the nearest. */
  signatures(snapshot: Snapshot, span: Span): Signature[];
  /** The import statements at the top of the file, each as it stands there. */
  imports(snapshot: Snapshot): string[];
  /** Below the imports at the top of the file, in the language's way. Also works, line by line, without a grammar. */
  importPlace(snapshot: Snapshot): ImportPlace;
  /** Brings the kept tree up to date, so that a later `find` on this snapshot is cheap. */
  update(snapshot: Snapshot): void;
  /**
   * A long text is parsed in several turns of the event loop, and until then counts as one without a grammar. Resolves when the text of this document that was
   * asked for last is parsed or given up; undefined if it is already.
   */
  whenParsed(snapshot: Snapshot): Promise<void> | undefined;
  /** Frees the tree of a document. A later call with one of its snapshots parses it again. */
  close(uri: string): void;
  /** Frees everything. */
  dispose(): void;
}
