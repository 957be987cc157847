// What a server under test is started in and told: an environment without anybody's settings, the usual client capabilities.

import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of an editor that can do everything, but perhaps for edits. */
export function usualCapabilities(applyEdit: boolean): Record<string, unknown> {
  return {
    workspace: { applyEdit, workspaceEdit: { documentChanges: true }, configuration: true, executeCommand: {} },
    window: { workDoneProgress: true, showMessage: {}, showDocument: { support: true } },
    textDocument: {
      synchronization: { didSave: true },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor'] } } },
    },
  };
}

/** What a server needs of the environment, with homes of its own and without anybody's keys. */
export function cleanEnv(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: tmpdir(),
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_STATE_HOME: join(folder, '.state'),
    XDG_CACHE_HOME: join(folder, '.cache'),
  };
}
