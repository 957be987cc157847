// What initialize answers. Static registration only: Helix ignores the dynamic kind (delivery/EDITORS.md §4).

import { type InitializeResult, PositionEncodingKind, TextDocumentSyncKind } from 'vscode-languageserver-protocol';
import { codeActionKinds } from '../code-actions/create-action.ts';
import { commands } from '../commands/index.ts';

export function initializeResult(version: string): InitializeResult {
  return {
    capabilities: {
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: { codeActionKinds: [...codeActionKinds] },
      executeCommandProvider: { commands: Object.keys(commands) },
    },
    serverInfo: { name: 'quickhand', version },
  };
}
