// Every command by its name; executeCommandProvider is made from this table.

import type { CommandAnswers } from '../quickhand-messages.ts';
import type { Command } from '../server-context.ts';
import { answer } from './answer.ts';
import { approve } from './approve.ts';
import { edit } from './edit.ts';
import { explain } from './explain.ts';
import { cancel, keep, retry, revert, steer } from './outcomes.ts';
import { status } from './status.ts';
import { verify } from './verify.ts';

export const commands: { readonly [name in keyof CommandAnswers]: Command<CommandAnswers[name]> } = {
  'quickhand.edit': edit,
  'quickhand.cancel': cancel,
  'quickhand.keep': keep,
  'quickhand.revert': revert,
  'quickhand.steer': steer,
  'quickhand.retry': retry,
  'quickhand.explain': explain,
  'quickhand.verify': verify,
  'quickhand.approve': approve,
  'quickhand.answer': answer,
  'quickhand.status': status,
};
