// VS Code: the version is compared exactly; the response leaves before the didChange of a moment later.

import type { Behaviour } from '../behaviour.ts';

/** Between the reply and the didChange lies a trip between two processes of the editor. */
const tripMs = 15;

export function replyFirst(): Behaviour {
  return {
    name: 'reply first (VS Code)',
    clientInfo: { name: 'Visual Studio Code', version: '1.139.0' },
    canApplyEdit: true,
    firstVersion: 1,
    versionStep: 1,
    racy: false,
    applyEdit(request, hands) {
      if (request.version !== request.document.version) return request.answer(false);
      request.answer(true);
      hands.apply(request);
    },
    changed: (document, hands) => hands.later(tripMs, () => hands.tell(document)),
  };
}
