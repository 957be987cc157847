// Tells the user once that no AI is answering, and how to get one.

import type { EditListener } from '../session/edit-events.ts';
import { messageType } from './progress.ts';
import type { Wire } from './wire.ts';

const notice =
  'Quickhand: this is a rehearsal, no AI is answering. To use a real model, put {"lanes": {"fast": "cerebras/gpt-oss-120b"}} ' +
  '(or another provider/model) into ~/.config/quickhand/config.json and set its API key in the environment.';

export function rehearsalNotice(wire: Wire, isRehearsal: (lane: string) => boolean): EditListener {
  let told = false;
  return {
    begin({ lane }) {
      if (told || !isRehearsal(lane)) return;
      told = true;
      void wire.sendNotification('window/showMessage', { type: messageType.info, message: notice });
    },
    hunk() {},
    report() {},
    end() {},
  };
}
