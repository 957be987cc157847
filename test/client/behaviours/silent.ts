// Vim with ALE: edits are neither applied nor answered. It says so in its capabilities, or it does not.

import type { Behaviour } from '../behaviour.ts';

export function silent(canApplyEdit: boolean): Behaviour {
  return {
    name: canApplyEdit ? 'silent' : 'silent and says so (ALE)',
    clientInfo: { name: 'ALE', version: '4.0.0' },
    canApplyEdit,
    firstVersion: 1,
    versionStep: 1,
    racy: false,
    applyEdit: () => {},
    changed: (document, hands) => hands.tell(document),
  };
}
