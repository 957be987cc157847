// `$/quickhand/edit`: the life of each edit for clients that opted in. Nothing depends on anybody reading it.

import { createSnapshot, rangeOf } from '../../documents/snapshot.ts';
import type { EditListener } from '../../session/edit-events.ts';
import type { Client } from '../client.ts';
import type { Wire } from '../connection/wire.ts';
import { toTextEdits } from '../editor-port.ts';
import { type EditEvent, editEvent } from '../quickhand-messages.ts';

export function createEvents(wire: Wire, client: () => Client): EditListener {
  const tell = (event: EditEvent) => {
    if (client().wantsEvents) void wire.sendNotification(editEvent, event);
  };
  return {
    begin({ editId, snapshot, span, instruction, lane, model }) {
      const { uri, version } = snapshot;
      tell({ kind: 'begin', editId, uri, version, range: rangeOf(snapshot, span), instruction, lane, model });
    },
    hunk(editId, { text, edits, version }) {
      if (!client().wantsEvents) return;
      tell({ kind: 'hunk', editId, version, edits: toTextEdits(createSnapshot('', version, '', text), edits) });
    },
    report({ editId, phase, isThinking, chars, hunks, elapsedMs }) {
      const thinking = isThinking && { isThinking };
      tell({ kind: 'report', editId, phase, ...thinking, chars, hunks, elapsedMs: Math.round(elapsedMs) });
    },
    end({ editId, outcome, reason, timing, state, putRight }) {
      const mended = putRight.length > 0 && { putRight };
      tell({ kind: 'end', editId, outcome, ...(reason && { reason }), timing, state, ...mended });
    },
  };
}
