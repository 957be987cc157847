// The documents that Quickhand serves, and the position that a command acts on.
import { type TextEditor, window } from 'vscode';

/** Whatever the language: without a grammar an edit works on the paragraph. */
export const selector = [{ scheme: 'file' }, { scheme: 'untitled' }];

/** The arguments of a command that name a position. */
export interface CursorPlace {
  readonly textDocument: { readonly uri: string };
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** The selection of the active editor, or its cursor; undefined (and a message) where there is none that can be edited. */
export function currentPlace(): CursorPlace | undefined {
  const editor = window.activeTextEditor;
  if (editor && selector.some(({ scheme }) => scheme === editor.document.uri.scheme)) return placeOf(editor);
  void window.showInformationMessage('Quickhand edits files: open one and put the cursor into the code.');
  return undefined;
}

/** Whether something is selected: then only that is edited, not the function around it. */
export function isSelection({ range: { start, end } }: CursorPlace): boolean {
  return start.line !== end.line || start.character !== end.character;
}

function placeOf({ document, selection: { start, end } }: TextEditor): CursorPlace {
  return { textDocument: { uri: document.uri.toString() }, range: { start: plain(start), end: plain(end) } };
}

function plain({ line, character }: Position): Position {
  return { line, character };
}
