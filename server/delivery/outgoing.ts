// An edit on its way into the document.

import type { Edit } from '../text/edit.ts';

export interface Outgoing {
  /** Tells it from the others of the same kind: of the model's edits, or of those that take back. */
  readonly id: number;
  /** The number of its hunk: edits of one hunk only make sense together. */
  readonly hunk: number;
  /** In offsets of the document's latest text. */
  readonly edit: Edit;
  /** The model's own edit, in offsets of the base text; absent where it takes back. */
  readonly base?: Edit;
}
