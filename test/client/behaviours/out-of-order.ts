// Helix 25.01: as strict, but every second didChange leaves before the one that was made before it.

import type { Behaviour, DidChange } from '../behaviour.ts';
import { strict } from './strict.ts';

/** How long a change is held for the next one to overtake it. */
const holdMs = 8;

export function outOfOrder(): Behaviour {
  let held: DidChange | undefined;
  let count = 0;
  return {
    ...strict(),
    name: 'didChange out of order (Helix 25.01)',
    clientInfo: { name: 'helix', version: '25.1.1' },
    changed(document, hands) {
      const change = hands.take(document);
      if (!change) return;
      const release = () => {
        if (held) hands.send(held);
        held = undefined;
      };
      if (held) {
        hands.send(change);
        release();
      } else if (count++ % 2 === 0) {
        held = change;
        hands.later(holdMs, release);
      } else hands.send(change);
    },
  };
}
