// Helix: any version but its own is refused; didChange goes out at once, before the response.

import type { Behaviour } from '../behaviour.ts';

export function strict(): Behaviour {
  return {
    name: 'strict (Helix)',
    clientInfo: { name: 'helix', version: '25.7.1' },
    canApplyEdit: true,
    firstVersion: 1,
    versionStep: 1,
    racy: false,
    applyEdit(request, hands) {
      if (request.version !== request.document.version) return request.answer(false, 'document has changed');
      hands.apply(request);
      request.answer(true);
    },
    changed: (document, hands) => hands.tell(document),
  };
}
