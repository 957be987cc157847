// What of an edit goes into the ledger: measurements, no code and no words.

import type { NewEntry } from '../ledger/entry.ts';
import { diffTexts } from '../text/diff.ts';
import { type Edit, sizeOfEdits } from '../text/edit.ts';
import type { EditSession } from './edit-session.ts';

/** Counts what an edit changed in its scope. */
export class ChangeCount {
  #base = '';
  #written = 0;

  /** The scope's text when the model was asked. */
  begin(base: string): void {
    this.#base = base;
  }

  landed(edits: readonly Edit[]): void {
    this.#written += sizeOfEdits(edits);
  }

  /** `now`: the scope's text at the end. UTF-16 units. */
  totals(now: string): { charsChanged: number; charsLeast: number } {
    return { charsChanged: this.#written, charsLeast: sizeOfEdits(diffTexts(this.#base, now)) };
  }
}

/** The line of an ended edit. */
export function accountOf(session: EditSession): NewEntry {
  const { editId, request, timing, usage, transport, outcome = 'failed', changes, languageId, interrupts } = session;
  return {
    editId,
    lane: request.lanes[0] ?? '',
    model: request.label,
    languageId,
    outcome,
    ...timing,
    ...changes,
    ...(session.format && { format: session.format }),
    ...(transport && { transport: transport.transport, reused: transport.reused }),
    ...(usage && {
      inputTokens: usage.inputTokens,
      cachedTokens: usage.cachedTokens,
      outputTokens: usage.outputTokens,
    }),
    ...(interrupts && timing.firstHunkMs !== undefined && { interruptedToFirstHunkMs: timing.firstHunkMs }),
  };
}
