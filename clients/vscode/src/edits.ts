// The edits that are shown: the last events of each, and the lines that it may change. All views render from here.
import { type Disposable, EventEmitter, type TextDocument, type TextDocumentChangeEvent, Uri, workspace } from 'vscode';
import type { EditEvent } from './events.ts';
import { type Change, follow, type Lines, written } from './lines.ts';

export interface ShownEdit {
  readonly editId: string;
  readonly uri: string;
  readonly instruction: string;
  readonly model: string;
  readonly lines: Lines;
  /** While it runs: its lines that have changed. Every change there is its own, because typing ends it. */
  readonly landed: readonly Lines[];
  readonly report?: Extract<EditEvent, { kind: 'report' }>;
  /** Absent while it runs. */
  readonly end?: Extract<EditEvent, { kind: 'end' }>;
}

/** Running edits, and of each document the last one that has ended and was neither kept nor reverted. */
export class Edits implements Disposable {
  readonly #shown = new Map<string, ShownEdit>();
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions = [
    workspace.onDidChangeTextDocument((change) => this.#follow(change)),
    workspace.onDidCloseTextDocument((document) => this.#remove((edit) => edit.uri === uriOf(document))),
  ];
  readonly onDidChange = this.#changed.event;

  handle(event: EditEvent): void {
    if (event.kind === 'begin') this.#begin(event);
    const edit = this.#shown.get(event.editId);
    if (edit && event.kind === 'report') this.#set({ ...edit, report: event });
    if (edit && event.kind === 'end') this.#set({ ...edit, landed: [], end: event });
  }

  /** The edits of a document, the newest first. */
  of(document: TextDocument): ShownEdit[] {
    return this.newest.filter(({ uri }) => uri === uriOf(document));
  }

  /** All, the newest first. */
  get newest(): ShownEdit[] {
    return [...this.#shown.values()].reverse();
  }

  /** Stops showing an edit; without an id, the newest. */
  forget(editId: string | undefined): void {
    this.#remove((edit) => edit.editId === (editId ?? this.newest[0]?.editId));
  }

  /** The server has stopped: none of its edits is shown any more. */
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
    this.#set({ editId, uri: here, instruction, model, lines, landed: [] });
  }

  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    for (const edit of this.of(document)) {
      const after = contentChanges.reduce(afterChange, edit);
      if (drawn(after) !== drawn(edit)) this.#set(after);
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

/** The parts of an edit that move with the text, to be compared. */
function drawn({ lines, landed }: ShownEdit): string {
  return JSON.stringify([lines, landed]);
}

function afterChange(edit: ShownEdit, change: Change): ShownEdit {
  const { range } = change;
  const isInside = edit.lines.first <= range.start.line && range.end.line <= edit.lines.last;
  const landed = edit.landed.map((lines) => follow(lines, change));
  const more = isInside && !edit.end ? written(change) : undefined;
  const isNew = more && !landed.some(({ first, last }) => first <= more.first && more.last <= last);
  return { ...edit, lines: follow(edit.lines, change), landed: isNew ? [...landed, more] : landed };
}

function uriOf({ uri }: TextDocument): string {
  return uri.toString();
}

/** The server may spell a URI in another way than VS Code. */
function canonical(uri: string): string {
  return Uri.parse(uri).toString();
}
