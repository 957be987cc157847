// What an edit of a workspace does to its one document, in either of the two forms.

import { type ApplyWorkspaceEditParams, TextDocumentEdit, type TextEdit } from 'vscode-languageserver-protocol';

export interface DocumentChange {
  readonly uri: string;
  readonly version?: number | null;
  readonly edits: readonly TextEdit[];
}

/** Throws if a part of an edit is anything but plain text. */
export function onlyChange({ edit }: ApplyWorkspaceEditParams): DocumentChange {
  const [change] = edit.documentChanges ?? [];
  if (TextDocumentEdit.is(change)) return { ...change.textDocument, edits: change.edits.map(plain) };
  const [uri = '', edits = []] = Object.entries(edit.changes ?? {})[0] ?? [];
  return { uri, edits };
}

function plain(edit: TextDocumentEdit['edits'][number]): TextEdit {
  if ('newText' in edit) return edit;
  throw new Error('a snippet, which the server never sends');
}
