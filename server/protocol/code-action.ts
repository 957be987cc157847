// The shape of a code action, and what the actions are made with. Ready commands only: no resolve, no edit, no isPreferred.

import { shownLine } from '../text/shown.ts';

export const codeActionKinds = ['quickfix', 'refactor.rewrite'] as const;

export interface CodeAction {
  readonly title: string;
  readonly kind: (typeof codeActionKinds)[number];
  readonly command: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
  readonly diagnostics?: readonly unknown[];
}

/** Editors cut titles somewhere; a long diagnostic says enough in this many characters. */
const maxTitle = 80;

/** `argument` is the command's one object. */
export function codeAction(kind: CodeAction['kind'], title: string, command: string, argument: object): CodeAction {
  const short = shownLine(title, maxTitle);
  return { title: short, kind, command: { title: short, command, arguments: [argument] } };
}
