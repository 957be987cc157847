// Kate: takes edits for a moment after a command of its user's, and then refuses each without a reason; does not say who it is.

import type { Behaviour } from '../behaviour.ts';

/** `most`: edits that come through after a command, in place of the about two seconds that Kate takes them for. */
export function kate(most: number): Behaviour {
  let taken = 0;
  return {
    name: 'taking edits after commands only (Kate)',
    canApplyEdit: true,
    firstVersion: 0,
    versionStep: 1,
    racy: false,
    applyEdit(request, hands) {
      const isOpen = hands.commanding || taken < most;
      if (!isOpen || request.version !== request.document.version) return request.answer(false, '');
      taken++;
      hands.apply(request);
      request.answer(true);
    },
    changed: (document, hands) => hands.tell(document),
    answered() {
      taken = 0;
    },
  };
}
