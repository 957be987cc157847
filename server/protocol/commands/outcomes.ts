// quickhand.cancel, keep, revert, steer and retry: what the user says of an edit. All answer before any ack.

import { ClientError } from '../../errors.ts';
import type { EditSession } from '../../session/edit-session.ts';
import { fieldsOf, optionalBoolean, optionalString } from '../arguments.ts';
import type { CommandAnswers } from '../quickhand-messages.ts';
import type { Command, ServerContext } from '../server-context.ts';
import type { Task } from '../tasks.ts';
import { laneOf, routeOf } from './lane-choice.ts';
import { checkSize, oneLine } from './target.ts';

/** Stops the edit now; keeps what is applied, unless `revert`. Of an ended edit: its outcome. Explanations and checks are stopped by it too. */
export const cancel: Command<CommandAnswers['quickhand.cancel']> = (context, args) => {
  const fields = fieldsOf(args);
  const editId = optionalString(fields, 'editId');
  const isRevert = optionalBoolean(fields, 'revert');
  const task = taskMeant(context, editId);
  if (task) {
    task.cancel();
    return { editId: task.id, outcome: task.outcome ?? 'cancelled' };
  }
  const session = context.edits.find(editId);
  const outcome = session.outcome ?? 'cancelled';
  if (isRevert) context.edits.revert(session, 'you cancelled it');
  else void session.stop('cancelled', 'you cancelled it');
  return { editId: session.editId, outcome };
};

/** Without an id an edit that runs comes first, then the newest of the rest that runs. */
function taskMeant({ edits, tasks }: ServerContext, id: string | undefined): Task | undefined {
  if (id !== undefined) return tasks.find(id);
  return edits.running.length === 0 ? tasks.running.at(-1) : undefined;
}

export const keep: Command<CommandAnswers['quickhand.keep']> = (context, args) => {
  const session = find(context, args);
  context.edits.keep(session);
  return { editId: session.editId, outcome: 'kept' };
};

/** Reverts what has landed and nobody has touched since, in one edit. A running edit is cancelled first. */
export const revert: Command<CommandAnswers['quickhand.revert']> = (context, args) => {
  const session = find(context, args);
  const wasThere = context.edits.revert(session, 'you reverted it');
  return { editId: session.editId, outcome: wasThere ? 'reverted' : 'unchanged' };
};

/** Redirects a running edit, or refines the last one. */
export const steer: Command<CommandAnswers['quickhand.steer']> = (context, args) => {
  const instruction = optionalString(fieldsOf(args), 'instruction');
  if (!instruction?.trim()) throw new ClientError('instruction: expected what to do differently');
  return { editId: context.edits.steer(find(context, args), instruction, oneLine(instruction)).editId };
};

/** Reverts the edit and asks again, in other words or in another lane if there are any. Refused, as an edit is, where that lane has no room. */
export const retry: Command<CommandAnswers['quickhand.retry']> = (context, args) => {
  const fields = fieldsOf(args);
  const instruction = optionalString(fields, 'instruction');
  const words = instruction?.trim() ? { title: oneLine(instruction), instruction } : {};
  const lane = optionalString(fields, 'lane') === undefined ? undefined : laneOf(context, fields);
  const session = find(context, args);
  const { request, text } = context.edits.retried(session);
  checkSize(context, { scope: request.scope, text, lane: lane ?? request.lanes[0]! });
  const route = lane === undefined ? {} : routeOf(context, lane);
  return { editId: context.edits.retry(session, { ...words, ...route }).editId };
};

function find(context: ServerContext, args: unknown): EditSession {
  return context.edits.find(optionalString(fieldsOf(args), 'editId'));
}
