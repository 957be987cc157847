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
