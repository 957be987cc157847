// kak-lsp: no version is compared; the answer is true before anything was applied.

import type { Behaviour } from '../behaviour.ts';

/** The answer leaves, then the editor's own process gets to work. */
const tripMs = 10;

export function unchecked(): Behaviour {
  return {
    name: 'unchecked (kak-lsp)',
    clientInfo: { name: 'kak-lsp', version: '21.0.2' },
    canApplyEdit: true,
    firstVersion: 1,
    versionStep: 1,
    racy: true,
    applyEdit(request, hands) {
      request.answer(true);
      hands.later(tripMs, () => hands.apply(request));
    },
    changed: (document, hands) => hands.later(tripMs, () => hands.tell(document)),
  };
}
