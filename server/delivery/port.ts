// The way to the editor, as the delivery of a document sees it.

import type { Clock } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Edit } from '../text/edit.ts';
import type { Reply } from './flight.ts';

/** The way to the editor. Rejects only when the editor answered with an error. */
export interface EditorPort {
  /** The longest that any edit of this connection waited for its answer; 0 if none was ever answered. */
  readonly slowestAnswerMs: number;
  /** Whether the editor does not say who it is, which of those that were tried only Kate does, or says that it is that one; absent: it is another. */
  readonly mayBeKate?: boolean;
  /** The editor has been seen to put edits in the wrong place: its user had typed what it had not told of. */
  misplaces: boolean;
  /** Whether the last edit was answered before a text showed it; absent: none has been yet. */
  answersFirst?: boolean;
  /** Asks the editor to apply `edits` (offsets into `snapshot`, the latest it told us of). */
  applyEdit(snapshot: Snapshot, edits: readonly Edit[]): Promise<Reply>;
}

export interface DeliveryOptions {
  readonly snapshot: Snapshot;
  readonly port: EditorPort;
  readonly clock: Clock;
}
