// The contract of an editor's behaviour: what it does with an edit of the server, and when it tells the server what changed.

import type { TextEdit } from 'vscode-languageserver-protocol';
import type { TestDocument } from './document.ts';

/** One `workspace/applyEdit`. Answer it once, at any time, or never. */
export interface ApplyRequest {
  readonly document: TestDocument;
  /** The version that the server asked for. */
  readonly version: number | null | undefined;
  readonly edits: readonly TextEdit[];
  answer(applied: boolean, failureReason?: string): void;
  refuse(code: number, message: string): void;
}

/** What a behaviour can do. */
export interface EditorHands {
  /** Changes the buffer, as one undo step. `states`: as several changes with the states between them. */
  apply(request: ApplyRequest, how?: 'states'): void;
  /** Sends didChange with everything that is pending: change by change, or merged into one range. */
  tell(document: TestDocument, how?: 'merged'): void;
  /** Sends a didChange that was prepared before (see `take`). */
  send(params: DidChange): void;
  /** Takes what is pending as a didChange that is not sent yet. */
  take(document: TestDocument): DidChange | undefined;
  /** A timer that ends with the client. */
  later(delayMs: number, then: () => void): void;
  /** Whether an executeCommand of ours waits for its answer. */
  readonly commanding: boolean;
}

export interface DidChange {
  readonly textDocument: { readonly uri: string; readonly version: number };
  readonly contentChanges: readonly unknown[];
}

/**
 * One editor's ways (delivery/EDITORS.md has what was measured). One object per client; it may hold state.
 */
export interface Behaviour {
  readonly name: string;
  /** Absent where the client does not say who it is. */
  readonly clientInfo?: { readonly name: string; readonly version: string };
  /** `false`: the client says that it can't apply edits. */
  readonly canApplyEdit: boolean;
  readonly firstVersion: number;
  readonly versionStep: number;
  /** Whether an edit can land on a text that the server did not mean, so that a test must not let the user type while one is under way. */
  readonly racy: boolean;
  applyEdit(request: ApplyRequest, hands: EditorHands): void;
  /** The buffer changed, by whoever. */
  changed(document: TestDocument, hands: EditorHands): void;
  /** An executeCommand was answered. */
  answered?(documents: Iterable<TestDocument>, hands: EditorHands): void;
}
