// Which documents Quickhand is for, and where in them a command acts.
import { type TextEditor, window } from 'vscode';

/** Whatever the language: without a grammar an edit works on the paragraph. */
export const selector = [{ scheme: 'file' }, { scheme: 'untitled' }];

/** The arguments that name a place to the server. */
export interface Place {
  readonly textDocument: { readonly uri: string };
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** The selection of the active editor, or its cursor; undefined (and a message) where there is none that can be edited. */
export function currentPlace(): Place | undefined {
  const editor = window.activeTextEditor;
  if (editor && selector.some(({ scheme }) => scheme === editor.document.uri.scheme)) return placeOf(editor);
  void window.showInformationMessage('Quickhand edits files: open one and put the cursor into the code.');
  return undefined;
}

/** Whether something is selected: then that is meant, and not what is around it. */
export function isSelection({ range: { start, end } }: Place): boolean {
  return start.line !== end.line || start.character !== end.character;
}

function placeOf({ document, selection: { start, end } }: TextEditor): Place {
  return { textDocument: { uri: document.uri.toString() }, range: { start: plain(start), end: plain(end) } };
}

function plain({ line, character }: Position): Position {
  return { line, character };
}
