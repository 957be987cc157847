// What the delivery of a document needs from outside: the way to the editor, and what is known of that editor.

import type { Clock } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Edit } from '../text/edit.ts';
import type { EditorHabits } from './editor-habits.ts';

/** What the editor answered to one applyEdit. Never proof of anything but a refusal. */
export interface Reply {
  readonly applied: boolean;
  readonly failureReason?: string;
  /** It was an error response, which eglot sends where the edit was made for another version. */
  readonly isError?: boolean;
  /** The editor will never take any edit. */
  readonly final?: boolean;
}

/** The way to the editor. Rejects only when the editor answered with an error. */
export interface EditorPort {
  readonly habits: EditorHabits;
  /** Whether the editor says that it is Kate, or gives no name, as only Kate does of those that were tried. */
  readonly mayBeKate?: boolean;
  /** Asks the editor to apply `edits` (offsets into `snapshot`, the latest that it reported). */
  applyEdit(snapshot: Snapshot, edits: readonly Edit[]): Promise<Reply>;
}

export interface DeliveryOptions {
  readonly snapshot: Snapshot;
  readonly port: EditorPort;
  readonly clock: Clock;
}
