// quickhand.approve: lets a proposed import in, as one small edit beside the edit that needs it; or applies what an edit offers.

import { eolOf, type Snapshot } from '../../documents/snapshot.ts';
import { ClientError, messageOf } from '../../errors.ts';
import { isImported } from '../../guardrails/imported.ts';
import type { Scopes } from '../../scope/scopes.ts';
import type { NewInsertion } from '../../session/insertions.ts';
import { fieldsOf, optionalString } from '../arguments.ts';
import type { Command } from '../host.ts';
import { say } from '../say.ts';

/**
 * `{editId, outcome}`, before anything is sent: `approved`, or `unchanged` if the file imports it already. Without an item it is the offer of an edit;
 * `editId` is that of the edit that applies it.
 */
export const approve: Command = async (host, args) => {
  const fields = fieldsOf(args);
  const session = host.edits.find(optionalString(fields, 'editId'));
  const { editId } = session;
  const item = optionalString(fields, 'item')?.trim();
  if (item === undefined && session.verdict === 'offered')
    return { editId: host.edits.accept(session).editId, outcome: 'approved' };
  const proposed = host.proposals.of(session);
  if (item === undefined || !proposed.includes(item)) {
    const choice = proposed.length > 0 ? `choose one of ${proposed.join(', ')}` : `${editId} proposes nothing`;
    throw new ClientError(
      item === undefined ? `item: expected the import; ${choice}` : `item: not proposed; ${choice}`,
    );
  }
  const scopes = await host.scopes(session.languageId, session.uri);
  const make = (snapshot: Snapshot) => insertionOf(scopes, snapshot, item);
  const isNew = make(host.edits.latest(session)) !== undefined;
  if (isNew) {
    const joinsUndo = host.client.joinsUndo || host.config.joinsUndo;
    host.afterAnswer(async () => {
      const problem = await host.edits.insert(session, make, joinsUndo).catch(messageOf);
      if (problem !== undefined) say(host.wire, 'error', `the import could not be added: ${problem}`);
    });
  }
  return { editId, outcome: isNew ? 'approved' : 'unchanged' };
};

/** Undefined if the file has it already, or would not parse with it. */
function insertionOf(scopes: Scopes, snapshot: Snapshot, line: string): NewInsertion | undefined {
  if (isImported(line, scopes.imports(snapshot).join('\n') || snapshot.text)) return undefined;
  const { at, before, after } = scopes.importPlace(snapshot);
  const eol = eolOf(snapshot.text);
  const text = `${eol.repeat(before)}${line}${eol.repeat(after)}`;
  const gate = scopes.gate(snapshot, { from: at, to: at });
  const parses = gate?.parses(text) ?? true;
  gate?.dispose();
  if (!parses) throw new ClientError('item: the file would not parse with this import');
  return { at, text };
}
