// quickhand.approve: lets a proposed import in, as one small edit beside the edit that needs it; or applies what an edit offers.

import { eolOf, type Snapshot } from '../../documents/snapshot.ts';
import { ClientError, messageOf } from '../../errors.ts';
import { isImported } from '../../guardrails/already-imported.ts';
import type { Scopes } from '../../scope/scopes.ts';
import type { NewInsertion } from '../../session/insertions.ts';
import { fieldsOf, optionalString } from '../arguments.ts';
import { showMessage } from '../feedback/messages.ts';
import type { CommandAnswers } from '../quickhand-messages.ts';
import type { Command } from '../server-context.ts';

/**
 * `{editId, outcome}`, before anything is sent: `approved`, or `unchanged` if the file imports it already. Without an item it is the offer of an edit;
 * `editId` is that of the edit that applies it.
 */
export const approve: Command<CommandAnswers['quickhand.approve']> = async (context, args) => {
  const fields = fieldsOf(args);
  const session = context.edits.find(optionalString(fields, 'editId'));
  const { editId } = session;
  const item = optionalString(fields, 'item')?.trim();
  if (item === undefined && session.review.state === 'offered')
    return { editId: context.edits.accept(session).editId, outcome: 'approved' };
  const proposed = context.proposals.of(session);
  if (item === undefined || !proposed.includes(item)) {
    const choice = proposed.length > 0 ? `choose one of ${proposed.join(', ')}` : `${editId} proposes nothing`;
    throw new ClientError(
      item === undefined ? `item: expected the import; ${choice}` : `item: not proposed; ${choice}`,
    );
  }
  const scopes = await context.scopes.load(session.languageId, session.uri);
  const make = (snapshot: Snapshot) => insertionOf(scopes, snapshot, item);
  const isNew = make(context.edits.latest(session)) !== undefined;
  if (isNew) {
    const joinsUndo = context.client.joinsUndo || context.config.joinsUndo;
    context.afterAnswer(async () => {
      const problem = await context.edits.insert(session, make, joinsUndo).catch(messageOf);
      if (problem !== undefined) showMessage(context.wire, 'error', `the import could not be added: ${problem}`);
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
  const check = scopes.parseCheck(snapshot, { from: at, to: at });
  const parses = check?.parses(text) ?? true;
  check?.dispose();
  if (!parses) throw new ClientError('item: the file would not parse with this import');
  return { at, text };
}
