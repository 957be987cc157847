// A code action as the server offers each of them: with a kind, and a command that is ready to be run.

import type { CodeAction, Command } from 'vscode-languageserver-protocol';

export type ReadyAction = CodeAction & {
  readonly kind: string;
  readonly command: Command & { readonly arguments: readonly unknown[] };
};

/** Throws if it is anything else. */
export function readyAction(action: CodeAction): ReadyAction {
  if (action.kind === undefined || action.command?.arguments === undefined)
    throw new Error(`no kind, or no ready command: ${JSON.stringify(action)}`);
  return action as ReadyAction;
}
