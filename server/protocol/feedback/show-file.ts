// Opens a file of ours in the editor, or says where it is.

import { ShowDocumentRequest } from 'vscode-languageserver-protocol';
import { fileUri } from '../../files/uri-paths.ts';
import type { ServerContext } from '../server-context.ts';
import { object } from '../untyped.ts';
import { showMessage } from './messages.ts';

/** `what`: what the file holds, in words for the user. Never rejects. */
export async function showFile({ client, wire }: ServerContext, path: string, what: string): Promise<void> {
  const params = { uri: fileUri(path), takeFocus: true };
  const answer = client.showsDocuments
    ? await wire.sendRequest(ShowDocumentRequest.type, params).catch(() => undefined)
    : undefined;
  if (object(answer).success !== true) showMessage(wire, 'info', `${what} is in ${path}`);
}
