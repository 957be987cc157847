// What of an edit goes into the ledger: measurements, no code and no words.

import type { NewEntry } from '../ledger/entry.ts';
import type { EditSession } from './edit-session.ts';

/** The line of an ended edit. */
export function accountOf(session: EditSession): NewEntry {
  const {
    editId,
    request,
    timing,
    usage,
    transport,
    outcome = 'failed',
    changeCount,
    languageId,
    interrupts,
  } = session;
  return {
    editId,
    lane: request.lanes[0] ?? '',
    model: request.label,
    languageId,
    outcome,
    ...timing,
    ...changeCount.totals(),
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
