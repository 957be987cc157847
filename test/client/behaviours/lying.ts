// Neovim: a stale edit is dropped and answered with applied:true; several edits give several didChange with the states between;
// didChange is rate-limited and merges whatever happened meanwhile; versions start at 0 and jump.

import type { Behaviour } from '../behaviour.ts';
import type { TestDocument } from '../document.ts';

/** `debounce_text_changes` of a stock Neovim. */
const debounceMs = 150;

export function lying(): Behaviour {
  const flushedAt = new Map<TestDocument, number>();
  const scheduled = new Set<TestDocument>();
  return {
    name: 'lying (Neovim)',
    clientInfo: { name: 'Neovim', version: '0.12.4' },
    canApplyEdit: true,
    firstVersion: 0,
    versionStep: 4,
    racy: false,
    applyEdit(request, hands) {
      const { document, version } = request;
      const stale = typeof version === 'number' && version > 0 && document.version > version;
      if (!stale) hands.apply(request, 'states');
      request.answer(true);
    },
    changed(document, hands) {
      if (scheduled.has(document)) return;
      const flush = () => {
        scheduled.delete(document);
        flushedAt.set(document, performance.now());
        hands.tell(document, 'merged');
      };
      const wait = (flushedAt.get(document) ?? -Infinity) + debounceMs - performance.now();
      if (wait <= 0) return flush();
      scheduled.add(document);
      hands.later(wait, flush);
    },
  };
}
