// The open documents, as the editor last described them. The only place that applies didChange.

import { afterChanges, type ContentChange } from './changes.ts';
import { createSnapshot, type Snapshot } from './snapshot.ts';

export interface OpenedDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

interface DocumentState {
  snapshot: Snapshot;
  /** Changes that arrived before the one that precedes them, by version (see `ordered`). */
  readonly held: Map<number, ContentChange[]>;
}

/** How many changes are held for a missing one; with more they are applied in the order of their versions without it. */
const maxHeld = 16;

export class Documents {
  readonly #entries = new Map<string, DocumentState>();
  /**
   * Whether versions step by one, so that a change may be held until its predecessor has come: Helix 25.01 sends didChange out of
   * order. Must stay false for an editor whose versions jump (Neovim).
   */
  ordered = false;

  get(uri: string): Snapshot | undefined {
    return this.#entries.get(uri)?.snapshot;
  }

  all(): Snapshot[] {
    return [...this.#entries.values()].map((entry) => entry.snapshot);
  }

  open({ uri, languageId, version, text }: OpenedDocument): Snapshot {
    const snapshot = createSnapshot(uri, version, languageId, text);
    this.#entries.set(uri, { snapshot, held: new Map() });
    return snapshot;
  }

  /** The new snapshots, oldest first: usually one; none while the change is held, several once a missing one has come. Undefined if the document is not open. */
  change(uri: string, version: number, changes: ContentChange[]): Snapshot[] | undefined {
    const entry = this.#entries.get(uri);
    if (!entry) return undefined;
    entry.held.set(version, changes);
    return this.#release(entry);
  }

  close(uri: string): boolean {
    return this.#entries.delete(uri);
  }

  #release(entry: DocumentState): Snapshot[] {
    const released: Snapshot[] = [];
    for (;;) {
      const version = this.#nextVersion(entry);
      const changes = version === undefined ? undefined : entry.held.get(version);
      if (version === undefined || !changes) return released;
      entry.held.delete(version);
      entry.snapshot = afterChanges(entry.snapshot, version, changes);
      released.push(entry.snapshot);
    }
  }

  #nextVersion({ held, snapshot }: DocumentState): number | undefined {
    if (held.size === 0) return undefined;
    const lowest = Math.min(...held.keys());
    return !this.ordered || lowest <= snapshot.version + 1 || held.size > maxHeld ? lowest : undefined;
  }
}
