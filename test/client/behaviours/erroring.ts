// eglot: a stale version is a JSON-RPC error; the response first, didChange on an idle timer; Emacs is blocked while an
// executeCommand waits for its answer.

import { ErrorCodes } from 'vscode-languageserver-protocol';
import type { Behaviour } from '../behaviour.ts';
import type { TestDocument } from '../document.ts';

/** `eglot-send-changes-idle-time`. */
const idleMs = 500;

export function erroring(): Behaviour {
  const latest = new Map<TestDocument, number>();
  return {
    name: 'erroring (eglot)',
    clientInfo: { name: 'Emacs', version: '30.2' },
    canApplyEdit: true,
    firstVersion: 0,
    versionStep: 1,
    racy: false,
    applyEdit(request, hands) {
      const { document, version } = request;
      if (typeof version === 'number' && version !== document.version) {
        return request.refuse(
          ErrorCodes.InternalError,
          `Edits on ${document.uri} require version ${version}, you have ${document.version}`,
        );
      }
      request.answer(true);
      hands.apply(request);
    },
    changed(document, hands) {
      latest.set(document, document.version);
      const { version } = document;
      hands.later(idleMs, () => {
        if (!hands.commanding && latest.get(document) === version) hands.tell(document);
      });
    },
    answered(documents, hands) {
      for (const document of documents) hands.tell(document);
    },
  };
}
