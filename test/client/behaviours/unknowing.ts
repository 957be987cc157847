// CodeMirror's client: it knows no request of a server, and says so to each.

import { ErrorCodes } from 'vscode-languageserver-protocol';
import type { Behaviour } from '../behaviour.ts';

export function unknowing(): Behaviour {
  return {
    name: 'unknowing (CodeMirror)',
    clientInfo: { name: '@codemirror/lsp-client', version: '6.3.0' },
    canApplyEdit: true,
    firstVersion: 0,
    versionStep: 1,
    racy: false,
    applyEdit: (request) => request.refuse(ErrorCodes.MethodNotFound, 'Method not implemented'),
    changed: (document, hands) => hands.tell(document),
  };
}
