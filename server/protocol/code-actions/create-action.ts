// The shape of a code action, and what the actions are made with. Ready commands only: no resolve, no edit, no isPreferred.

import { type CodeAction, CodeActionKind } from 'vscode-languageserver-protocol';
import { printableLine } from '../../text/printable.ts';

export const codeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] as const;

/** A code action that always has a kind. */
export type KindedAction = CodeAction & { readonly kind: CodeActionKind };

/** Editors cut titles somewhere; a long diagnostic says enough in this many characters. */
const maxTitle = 80;

/** `argument` is the command's one object. */
export function createCodeAction(
  kind: (typeof codeActionKinds)[number],
  title: string,
  command: string,
  argument: object,
): KindedAction {
  const short = printableLine(title, maxTitle);
  return { title: short, kind, command: { title: short, command, arguments: [argument] } };
}
