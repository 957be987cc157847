// The ledger entry of an edit: measurements, no code and no words of the user or the model.

import type { NewEntry } from '../ledger/entry.ts';
import type { EditSession } from './edit-session.ts';

/** The entry of an edit that has ended. */
export function ledgerEntryOf(session: EditSession): NewEntry {
  const { editId, request, timing, outcome = 'failed', languageId, measured } = session;
  const { stopwatch, changes, connection, format, model } = measured;
  const { usage } = stopwatch;
  return {
    editId,
    lane: model?.lane ?? request.lanes[0] ?? '',
    model: model?.label ?? request.label,
    languageId,
    outcome,
    ...timing,
    ...changes.totals(),
    ...(format && { format }),
    ...(connection && { transport: connection.transport, reused: connection.reused }),
    ...(usage && {
      inputTokens: usage.inputTokens,
      cachedTokens: usage.cachedTokens,
      outputTokens: usage.outputTokens,
    }),
    ...(request.interrupts && timing.firstHunkMs !== undefined && { interruptedToFirstHunkMs: timing.firstHunkMs }),
  };
}
