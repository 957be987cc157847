// An edit on its way into the document.

import { rangeOf, type Snapshot } from '../documents/snapshot.ts';
import { trim } from '../text/diff.ts';
import type { Edit } from '../text/edit.ts';
import type { SentEdit } from './placing.ts';

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

/**
 * Edits that touch become one: editors disagree on the order of several inserts at one position. Nothing unchanged lies between them, but what
 * one takes out at an end another may put back, and so may an edit that takes several back.
 */
export function joined(text: string, edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last?.to === edit.from)
      result[result.length - 1] = { from: last.from, to: edit.to, insert: last.insert + edit.insert };
    else result.push(edit);
  }
  // Several that come to nothing together leave others to send.
  return result.map((edit) => trimmed(text, edit)).filter(({ from, to, insert }) => from !== to || insert !== '');
}

/** Without what stays at its ends. */
function trimmed(text: string, { from, to, insert }: Edit): Edit {
  const stretch = trim(text.slice(from, to), insert);
  return { from: from + stretch.from, to: from + stretch.toA, insert: insert.slice(stretch.from, stretch.toB) };
}

/** What an editor gets of edits (offsets into the snapshot). */
export function sentOf(snapshot: Snapshot, edits: readonly Edit[]): SentEdit[] {
  return joined(snapshot.text, edits).map((edit) => ({ ...rangeOf(snapshot, edit), insert: edit.insert }));
}
