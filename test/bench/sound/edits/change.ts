// What all kinds of edits share.

import type { Edit } from '../../../../server/text/edit.ts';
import type { Span } from '../../../../server/text/span.ts';
import type { Place } from '../place.ts';

/** A change of one function. `edits` are in offsets of the file, in order. */
export interface Change {
  readonly edits: readonly Edit[];
  /** Whole lines that are the scope instead of the function, where the change needs more than it. */
  readonly reach?: Span;
}

/** One kind of edit: a change at a random spot that allows it. What it leads to need not be valid: the judge drops such edits. */
export type Make = (place: Place) => Change | undefined;

/** A kind that replaces what lies between two offsets. */
export function replacing(spot: (place: Place) => Edit | undefined): Make {
  return (place) => {
    const edit = spot(place);
    return edit && place.text.slice(edit.from, edit.to) !== edit.insert ? { edits: [edit] } : undefined;
  };
}
