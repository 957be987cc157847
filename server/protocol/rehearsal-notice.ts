// Tells the user once that no AI is answering, and how to get one.

import type { EditListener } from '../session/edit-events.ts';
import { messageType } from './say.ts';
import type { Wire } from './wire.ts';

/** Fits into one line of a narrow terminal: a longer message makes Neovim wait for a key, and answer no request meanwhile. */
const notice = 'Rehearsal, no AI. For real models: quickhand doctor';

const detail =
  'This is a rehearsal, no AI is answering. To use a real model, put {"lanes": {"fast": "cerebras/gpt-oss-120b"}} ' +
  '(or another provider/model) into ~/.config/quickhand/config.json and set its API key in the environment.';

/** The message comes after the first edit, never in the middle of it: there it could keep the editor from answering. */
export function rehearsalNotice(wire: Wire, isRehearsal: (lane: string) => boolean): EditListener {
  const rehearsals = new Set<string>();
  let told = false;
  return {
    begin({ editId, lane }) {
      if (!told && isRehearsal(lane)) rehearsals.add(editId);
    },
    hunk() {},
    report() {},
    end({ editId }) {
      if (!rehearsals.has(editId) || told) return;
      told = true;
      rehearsals.clear();
      void wire.sendNotification('window/logMessage', { type: messageType.info, message: detail });
      void wire.sendNotification('window/showMessage', { type: messageType.info, message: notice });
    },
  };
}
