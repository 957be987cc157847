// quickhand.cancel, keep, revert, steer and retry: what the user says of an edit. All answer before any ack.

import { ClientError } from '../../errors.ts';
import type { EditSession } from '../../session/edit-session.ts';
import { fieldsOf, optionalBoolean, optionalString } from '../arguments.ts';
import type { Command, Host } from '../host.ts';
import type { Task } from '../tasks.ts';
import { laneOf, routeOf } from './route.ts';
import { checkSize, oneLine } from './target.ts';

/** Stops the edit now; keeps what is applied, unless `revert`. Of an ended edit: its outcome. Explanations and checks are stopped by it too. */
export const cancel: Command = (host, args) => {
  const fields = fieldsOf(args);
  const editId = optionalString(fields, 'editId');
  const takeBack = optionalBoolean(fields, 'revert');
  const task = taskMeant(host, editId);
  if (task) {
    task.cancel();
    return { editId: task.id, outcome: task.outcome ?? 'cancelled' };
  }
  const session = host.edits.find(editId);
  const outcome = session.outcome ?? 'cancelled';
  if (takeBack) host.edits.revert(session, 'you cancelled it');
  else void session.stop('cancelled', 'you cancelled it');
  return { editId: session.editId, outcome };
};

/** Without an id an edit that runs comes first, then the newest of the rest that runs. */
function taskMeant({ edits, tasks }: Host, id: string | undefined): Task | undefined {
  if (id !== undefined) return tasks.find(id);
  return edits.running.length === 0 ? tasks.running.at(-1) : undefined;
}

export const keep: Command = (host, args) => {
  const session = find(host, args);
  host.edits.keep(session);
  return { editId: session.editId, outcome: 'kept' };
};

/** Takes back what has landed and nobody has touched since, in one edit. A running edit is cancelled first. */
export const revert: Command = (host, args) => {
  const session = find(host, args);
  const wasThere = host.edits.revert(session, 'you reverted it');
  return { editId: session.editId, outcome: wasThere ? 'reverted' : 'unchanged' };
};

/** Redirects a running edit, or refines the last one. */
export const steer: Command = (host, args) => {
  const instruction = optionalString(fieldsOf(args), 'instruction');
  if (!instruction?.trim()) throw new ClientError('instruction: expected what to do differently');
  return { editId: host.edits.steer(find(host, args), instruction, oneLine(instruction)).editId };
};

/** Takes the edit back and asks again, in other words or in another lane if there are any. Refused, as an edit is, where that lane has no room. */
export const retry: Command = (host, args) => {
  const fields = fieldsOf(args);
  const instruction = optionalString(fields, 'instruction');
  const words = instruction?.trim() ? { title: oneLine(instruction), instruction } : {};
  const lane = optionalString(fields, 'lane') === undefined ? undefined : laneOf(host, fields);
  const session = find(host, args);
  const { request, text } = host.edits.retried(session);
  checkSize(host, { scope: request.scope, text, lane: lane ?? request.lanes[0]! });
  const route = lane === undefined ? {} : routeOf(host, lane);
  return { editId: host.edits.retry(session, { ...words, ...route }).editId };
};

function find(host: Host, args: unknown): EditSession {
  return host.edits.find(optionalString(fieldsOf(args), 'editId'));
}
