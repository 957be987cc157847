// What a region reports to the session that opened it.

import type { Edit } from '../text/edit.ts';

/** What is reverted: what this edit made, or what all edits of its chain made. */
export type RevertScope = 'own' | 'chain';

/** Why a region is no longer ours to edit. */
export type Interruption = 'typing' | 'undo' | 'deleted' | 'reverted' | 'closed';

/** Edits of ours that a received text shows. `edits` are in offsets of `text`, the document's text before them. */
export interface Landed {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** Of the snapshot that shows them. */
  readonly version: number;
  readonly roundTripMs: number;
  /** Whether these edits revert earlier ones. */
  readonly isRevert: boolean;
}

/** Called synchronously, as soon as every region of the document is where the latest text has it. */
export interface RegionListener {
  landed(landed: Landed): void;
  /** Somebody else changed the region; nothing more will be sent for it. */
  interrupted(why: Interruption): void;
  /** The editor does not take our edits; nothing more will be sent. */
  failed(reason: string): void;
  /** The editor takes no edits at the moment: what waits is held until a newer text comes. Absent: that is a failure. */
  refused?(): void;
}
