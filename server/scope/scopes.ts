// The contract of the scope floor: which span a request means, and whether a change to it would parse.

import type { Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';

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
  dispose(): void;
}

/** tree-sitter trees of the open documents. Trees are kept by uri, reparsed incrementally, and freed. */
export interface Scopes {
  /** Loads the grammar of a language once; resolves to whether there is one. Synchronous calls below work after that. */
  load(languageId: string): Promise<boolean>;
  /** Whether `load` has finished for it and found a grammar. */
  ready(languageId: string): boolean;
  /** The scope that a selection (offsets into the snapshot; empty: a cursor) means. Undefined only if the document is blank. */
  find(snapshot: Snapshot, selection: Span, request: ScopeRequest): Scope | undefined;
  gate(snapshot: Snapshot, span: Span): Gate | undefined;
  /** Brings the kept tree up to date, so that a later `find` on this snapshot is cheap. */
  update(snapshot: Snapshot): void;
  /** Frees what is kept for a document. */
  close(uri: string): void;
  /** Frees everything. */
  dispose(): void;
}
