// quickhand.cancel, keep and revert: what the user says of an edit. All answer before any ack.

import type { EditSession } from '../../session/edit-session.ts';
import { fieldsOf, optionalBoolean, optionalString } from '../arguments.ts';
import type { Command, Host } from '../host.ts';

/** Stops the edit now; keeps what is applied, unless `revert`. Of an ended edit: its outcome. */
export const cancel: Command = (host, args) => {
  const fields = fieldsOf(args);
  const session = host.edits.find(optionalString(fields, 'editId'));
  const takeBack = optionalBoolean(fields, 'revert');
  if (session.running) session.stop('cancelled', 'you cancelled it', takeBack);
  else if (takeBack) takeBackLater(session);
  return { editId: session.editId, outcome: session.outcome ?? 'cancelled' };
};

export const keep: Command = (host, args) => {
  const session = find(host, args);
  session.verdict = 'kept';
  return { editId: session.editId, outcome: 'kept' };
};

/** Takes back what has landed and nobody has touched since, in one edit. A running edit is cancelled first. */
export const revert: Command = (host, args) => {
  const session = find(host, args);
  const outcome = session.hasLanded ? 'reverted' : 'unchanged';
  if (session.running) session.stop('cancelled', 'you reverted it', true);
  else takeBackLater(session);
  return { editId: session.editId, outcome };
};

function find(host: Host, args: unknown): EditSession {
  return host.edits.find(optionalString(fieldsOf(args), 'editId'));
}

function takeBackLater(session: EditSession): void {
  session.verdict = 'reverted';
  void session.takeBack();
}
