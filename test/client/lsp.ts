// The few types of the Language Server Protocol that the test client speaks of.

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export interface ApplyWorkspaceEditParams {
  readonly edit: {
    readonly documentChanges?: readonly {
      readonly textDocument: { readonly uri: string; readonly version?: number | null };
      readonly edits: readonly TextEdit[];
    }[];
    readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
    readonly changeAnnotations?: unknown;
  };
}

export interface Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity?: number;
  readonly source?: string;
  readonly code?: string | number;
}

export interface Command {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

export interface CodeAction {
  readonly title: string;
  readonly kind: string;
  readonly command: Command;
  readonly diagnostics?: readonly unknown[];
  readonly isPreferred?: boolean;
  readonly edit?: unknown;
}

/** The edits of a workspace edit of one document, in either of the two forms. */
export function onlyChange({ edit }: ApplyWorkspaceEditParams): {
  uri: string;
  version?: number | null;
  edits: readonly TextEdit[];
} {
  const [change] = edit.documentChanges ?? [];
  if (change) return { ...change.textDocument, edits: change.edits };
  const [uri = '', edits = []] = Object.entries(edit.changes ?? {})[0] ?? [];
  return { uri, edits };
}
