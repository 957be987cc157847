// The parse gate of one edit: would the base, with its scope replaced, parse no worse than it does?

import type { Span } from '../text/span.ts';
import { countFaults } from './faults.ts';
import type { Parsed } from './parsed.ts';
import type { Gate } from './scopes.ts';

/** Takes over `base`. Each text is parsed from the last one that passed, which is the nearest as a rule: hunks only add up. */
export function createGate(base: Parsed, span: Span): Gate {
  const before = base.text.slice(0, span.from);
  const after = base.text.slice(span.to);
  const allowed = countFaults(base.tree);
  let last = base;
  return {
    parses(text) {
      const next = last.with(before + text + after);
      const sound = countFaults(next.tree, allowed + 1) <= allowed;
      (sound ? last : next).dispose();
      if (sound) last = next;
      return sound;
    },
    dispose: () => last.dispose(),
  };
}
