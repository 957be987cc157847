// The edits that are to be seen: what the server told of each, and the lines that it may change. All views render from here.
import { type Disposable, EventEmitter, type TextDocument, type TextDocumentChangeEvent, Uri, workspace } from 'vscode';
import type { EditEvent } from './events.ts';
import { follow, type Lines } from './lines.ts';

export interface ShownEdit {
  readonly editId: string;
  readonly uri: string;
  readonly instruction: string;
  readonly model: string;
  readonly lines: Lines;
  readonly report?: Extract<EditEvent, { kind: 'report' }>;
  /** Absent while it runs. */
  readonly end?: Extract<EditEvent, { kind: 'end' }>;
}

/** Running edits, and of each document the last one that has ended and was neither kept nor taken back. */
export class Edits implements Disposable {
  readonly #shown = new Map<string, ShownEdit>();
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions = [
    workspace.onDidChangeTextDocument((change) => this.#follow(change)),
    workspace.onDidCloseTextDocument((document) => this.#remove((edit) => edit.uri === uriOf(document))),
  ];
  readonly onDidChange = this.#changed.event;

  tell(event: EditEvent): void {
    if (event.kind === 'begin') this.#begin(event);
    const edit = this.#shown.get(event.editId);
    if (edit && event.kind === 'report') this.#set({ ...edit, report: event });
    if (edit && event.kind === 'end') this.#set({ ...edit, end: event });
  }

  /** The edits of a document, the newest first. */
  of(document: TextDocument): ShownEdit[] {
    return this.newest.filter(({ uri }) => uri === uriOf(document));
  }

  /** All, the newest first. */
  get newest(): ShownEdit[] {
    return [...this.#shown.values()].reverse();
  }

  /** There is nothing more to say of an edit. */
  forget(editId: string | undefined): void {
    this.#remove((edit) => edit.editId === (editId ?? this.newest[0]?.editId));
  }

  /** The server is gone, and its edits with it. */
  clear(): void {
    this.#remove(() => true);
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, this.#changed]) subscription.dispose();
  }

  #begin({ editId, uri, range, instruction, model }: Extract<EditEvent, { kind: 'begin' }>): void {
    const here = canonical(uri);
    this.#remove((edit) => edit.uri === here && edit.end !== undefined);
    const lines = { first: range.start.line, last: range.end.line };
    this.#set({ editId, uri: here, instruction, model, lines });
  }

  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    for (const edit of this.of(document)) {
      const lines = contentChanges.reduce(follow, edit.lines);
      if (lines.first !== edit.lines.first || lines.last !== edit.lines.last) this.#set({ ...edit, lines });
    }
  }

  #set(edit: ShownEdit): void {
    this.#shown.set(edit.editId, edit);
    this.#changed.fire();
  }

  #remove(which: (edit: ShownEdit) => boolean): void {
    const gone = this.newest.filter(which);
    for (const { editId } of gone) this.#shown.delete(editId);
    if (gone.length > 0) this.#changed.fire();
  }
}

function uriOf({ uri }: TextDocument): string {
  return uri.toString();
}

/** The server may spell a URI in another way than VS Code. */
function canonical(uri: string): string {
  return Uri.parse(uri).toString();
}
