// vim-lsp, and eglot without a flush: what was typed is told late and merged, and an edit is applied by line and character to whatever the buffer holds by
// then; the answer says so, and is told with the next change.

import { type Position, TextDocument } from 'vscode-languageserver-textdocument';
import type { Behaviour } from '../behaviour.ts';
import type { TestDocument } from '../document.ts';

const idleMs = 200;

export function unsent(): Behaviour {
  const latest = new Map<TestDocument, number>();
  return {
    name: 'applies to unsent text (vim-lsp)',
    clientInfo: { name: 'vim-lsp', version: '0' },
    canApplyEdit: true,
    firstVersion: 1,
    versionStep: 1,
    racy: true,
    applyEdit({ document, edits, answer }) {
      // A position past the end of a line means its end.
      const buffer = TextDocument.create('', '', 0, document.text);
      const at = (position: Position) => buffer.offsetAt(position);
      document.replace(
        edits.map(({ range, newText }) => ({ from: at(range.start), to: at(range.end), insert: newText })),
      );
      answer(true);
    },
    changed(document, hands) {
      latest.set(document, document.version);
      const { version } = document;
      hands.later(idleMs, () => latest.get(document) === version && hands.tell(document, 'merged'));
    },
  };
}
