// textDocument/didOpen, didChange and didClose: each new text goes to the edits first, then to the trees and the diagnostics.

import type { Snapshot } from '../../documents/snapshot.ts';
import { ClientError } from '../../errors.ts';
import { pathsOf } from '../../files/uri-paths.ts';
import type { ServerContext } from '../server-context.ts';
import { object } from '../untyped.ts';

type Params = Record<string, unknown>;

export function didOpen(context: ServerContext, params: Params): void {
  const { documents, edits, diagnostics, scopes, languageNames } = context;
  const { uri, version, text, ...rest } = object(params.textDocument);
  if (typeof uri !== 'string' || typeof text !== 'string')
    throw new ClientError('textDocument: expected a uri and a text');
  if (documents.get(uri)) edits.closed(uri);
  // Decided here once, so that the grammar, the settings, the prompt and what is said of the document agree.
  const named = String(rest.languageId ?? '');
  const languageId = languageNames?.resolve(named, pathsOf(uri)[0]!) ?? named;
  const item = { uri, languageId, version: Number(version ?? 0), text };
  diagnostics.opened(documents.open(item));
  // So that the first edit need not wait for its grammar.
  context.afterAnswer(() => void scopes.load(languageId).catch(() => undefined));
}

export function didChange({ documents, edits, diagnostics, scopes, wire }: ServerContext, params: Params): void {
  const { uri, version } = object(params.textDocument);
  const changes = params.contentChanges;
  if (typeof uri !== 'string' || !Array.isArray(changes)) throw new ClientError('contentChanges: expected a list');
  const known = documents.get(uri);
  const number = typeof version === 'number' ? version : (known?.version ?? 0) + 1;
  const moreFollow = wire.hasMoreChanges(uri);
  let snapshots: readonly Snapshot[] = [];
  try {
    snapshots = documents.change(uri, number, changes) ?? [];
  } finally {
    // Also where nothing can be made of it: the edits may have waited for it.
    edits.changed(uri, snapshots, { moreFollow });
  }
  const newest = snapshots.at(-1);
  if (newest && !moreFollow) scopes.loaded?.update(newest);
  for (const snapshot of snapshots) diagnostics.changed(snapshot);
}

export function didClose({ documents, edits, diagnostics, scopes }: ServerContext, params: Params): void {
  const { uri } = object(params.textDocument);
  if (typeof uri !== 'string' || !documents.close(uri)) return;
  edits.closed(uri);
  scopes.loaded?.close(uri);
  diagnostics.closed(uri);
}
