// What of a whole answer has not reached the editor, as an answer to what its text reads now.

import type { Region } from '../delivery/region.ts';
import { applyEdits, shiftEdits } from '../text/edit.ts';
import type { Offer } from './edit-request.ts';

export type Rest = Pick<Offer, 'answer' | 'base'>;

/** `text` is the document's latest; `answer` the whole scope as it would read with all that waits (the format `rewrite`). */
export function restOf(region: Region, text: string): Rest {
  const { from, to } = region.span;
  const base = text.slice(from, to);
  const edits = region.next().map(({ edit }) => edit);
  return { base, answer: applyEdits(base, shiftEdits(edits, -from)) };
}
