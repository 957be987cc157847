// Applies workspace/applyEdit so that each edit is one undo step, separate from what the user types; versions are checked as strictly as the client does.
import { Range, type TextEditor, Uri, window } from 'vscode';
import {
  type ApplyWorkspaceEditParams,
  type ApplyWorkspaceEditResult,
  TextDocumentEdit,
  TextEdit,
} from 'vscode-languageclient/node';

type Positions = TextEdit['range'];

export class JoinUndo {
  /** By document: its version after the last change of ours that the next one may join. */
  readonly #joinable = new Map<string, number>();

  /** An edit begins or ends: the next change starts another undo step. */
  separate(): void {
    this.#joinable.clear();
  }

  /** Applies what fits one visible editor; undefined for anything else, which is left to the client. */
  apply({ edit }: ApplyWorkspaceEditParams): Promise<ApplyWorkspaceEditResult> | undefined {
    const [change, ...others] = edit.documentChanges ?? [];
    if (!TextDocumentEdit.is(change) || others.length > 0) return undefined;
    const { uri, version } = change.textDocument;
    const key = Uri.parse(uri).toString();
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === key);
    const edits = change.edits.filter(TextEdit.is);
    if (!editor || edits.length < change.edits.length) return undefined;
    const isStale = version !== null && version !== editor.document.version;
    return isStale ? Promise.resolve({ applied: false }) : this.#edit(editor, edits);
  }

  /** `applied` is false if the document changed on the way to the window. */
  async #edit(editor: TextEditor, edits: readonly TextEdit[]): Promise<ApplyWorkspaceEditResult> {
    const { document } = editor;
    const key = document.uri.toString();
    const undoStopBefore = this.#joinable.get(key) !== document.version;
    const version = document.version + 1;
    // No stop after: the next edit could not join then. Typing begins a step of its own after any change that is not typing.
    const applied = await editor.edit(
      (builder) => {
        for (const { range, newText } of edits) builder.replace(toRange(range), newText);
      },
      { undoStopBefore, undoStopAfter: false },
    );
    if (applied) this.#joinable.set(key, version);
    return { applied };
  }
}

function toRange({ start, end }: Positions): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
