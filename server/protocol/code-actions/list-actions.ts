// textDocument/codeAction: ready commands from the tree alone, so that an editor may ask on every cursor move. No resolve, no side effects.
// Order: what is running or has just ended, the directive, fixes, rewrites.

import { ClientError } from '../../errors.ts';
import { documentUri, selection } from '../arguments.ts';
import type { ServerContext } from '../server-context.ts';
import { object } from '../untyped.ts';
import { codeActionKinds, type KindedAction } from './create-action.ts';
import { editActions } from './edit-actions.ts';
import { scopeActions } from './scope-actions.ts';

export async function listCodeActions(context: ServerContext, params: unknown): Promise<KindedAction[]> {
  const fields = object(params);
  const snapshot = context.documents.get(documentUri(fields));
  if (!snapshot) throw new ClientError('textDocument.uri: the document is not open in the editor');
  const chosen = selection(fields, snapshot);
  const { only, diagnostics } = object(fields.context);
  if (!codeActionKinds.some((kind) => isWanted(kind, only))) return [];
  const scopes = await context.scopes.load(snapshot.languageId, snapshot.uri);
  const place = { snapshot, chosen, range: fields.range, diagnostics };
  const isSendable = (await context.forbiddenByName(snapshot)) === undefined;
  const here = isSendable ? scopeActions(context, scopes, place) : [];
  const actions = [...editActions(context, snapshot.uri), ...here];
  return actions.filter(({ kind }) => isWanted(kind, only));
}

/** LSP: a kind that was asked for includes its sub-kinds. */
function isWanted(kind: string, only: unknown): boolean {
  if (!Array.isArray(only)) return true;
  return only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}
