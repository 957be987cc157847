// quickhand.answer: what the model said, word for word, in a file that is opened. It is never logged, and nowhere else on the disk.

import { ClientError, messageOf } from '../../errors.ts';
import { fileUri } from '../../files/uri-paths.ts';
import { printable } from '../../text/printable.ts';
import { fieldsOf, optionalString } from '../arguments.ts';
import { showFile } from '../feedback/show-file.ts';
import type { CommandAnswers } from '../quickhand-messages.ts';
import type { Command } from '../server-context.ts';

/** UTF-16 units: more than the longest answer that is read. */
const maxShown = 2_000_000;

/** `{uri}` of the file, before it is opened. Of a running edit: what has come so far. */
export const answer: Command<CommandAnswers['quickhand.answer']> = async (context, args) => {
  const session = context.edits.find(optionalString(fieldsOf(args), 'editId'));
  const { editId, exchange, isRunning, request } = session;
  const said = exchange?.shown() ?? '';
  if (said === '')
    throw new ClientError(`editId: the model ${isRunning ? 'has said nothing yet' : 'said nothing'} for ${editId}`);
  const keepAnswer = context.disk?.keepAnswer;
  if (!keepAnswer) throw new ClientError('there is no folder that the answer could be written to');
  const name = request.scope.name ?? request.scope.kind;
  const kept = keepAnswer({ name, text: printable(said, maxShown), at: new Date() });
  const path = await kept.catch((error) => {
    throw new ClientError(`the answer could not be written: ${messageOf(error)}`);
  });
  context.afterAnswer(() => void showFile(context, path, 'the answer'));
  return { uri: fileUri(path) };
};
