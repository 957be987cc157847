// A document of the command line's own: what an editor's buffer is to the server.

import type { TextEdit } from 'vscode-languageserver-protocol';
import { createSnapshot, offsetAt, type Snapshot } from '../documents/snapshot.ts';
import { applyEdits, type Edit, sizeOfEdits } from '../text/edit.ts';

/** Holds the text and applies the server's edits to it as an editor would. */
export class CliDocument {
  /** Characters inserted and deleted by the edits so far. */
  changedChars = 0;
  #snapshot: Snapshot;

  constructor(uri: string, languageId: string, text: string) {
    this.#snapshot = createSnapshot(uri, 1, languageId, text);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get text(): string {
    return this.#snapshot.text;
  }

  /**
   * Applies edits that were made for `version`; false if that is not the version of now: nothing has changed then. Of several inserts at
   * one place the first comes out first (LSP).
   */
  apply(version: number | null | undefined, edits: readonly TextEdit[]): boolean {
    const { uri, languageId, text, version: current } = this.#snapshot;
    if (version !== current) return false;
    const changes = edits.map((edit) => this.#offsets(edit)).sort((a, b) => a.from - b.from || a.to - b.to);
    this.changedChars += sizeOfEdits(changes);
    this.#snapshot = createSnapshot(uri, current + 1, languageId, applyEdits(text, changes));
    return true;
  }

  #offsets({ range, newText }: TextEdit): Edit {
    return { from: offsetAt(this.#snapshot, range.start), to: offsetAt(this.#snapshot, range.end), insert: newText };
  }
}
