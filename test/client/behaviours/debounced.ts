// Sublime: the response first, didChange 300 ms after the last change; the version is compared exactly.

import type { Behaviour } from '../behaviour.ts';
import type { TestDocument } from '../document.ts';

const debounceMs = 300;

export function debounced(): Behaviour {
  const latest = new Map<TestDocument, number>();
  return {
    name: 'debounced (Sublime)',
    clientInfo: { name: 'Sublime Text LSP', version: '2.13.0' },
    canApplyEdit: true,
    firstVersion: 1,
    versionStep: 1,
    racy: false,
    applyEdit(request, hands) {
      if (request.version !== request.document.version) return request.answer(false, 'version mismatch');
      request.answer(true);
      hands.apply(request);
    },
    changed(document, hands) {
      latest.set(document, document.version);
      const { version } = document;
      hands.later(debounceMs, () => latest.get(document) === version && hands.tell(document));
    },
  };
}
