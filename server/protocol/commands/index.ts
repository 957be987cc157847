// Every command by its name; executeCommandProvider is made from this table.

import type { Command } from '../host.ts';
import { approve } from './approve.ts';
import { edit } from './edit.ts';
import { explain } from './explain.ts';
import { cancel, keep, retry, revert, steer } from './outcomes.ts';
import { status } from './status.ts';
import { verify } from './verify.ts';

export const commands: Readonly<Record<string, Command>> = {
  'quickhand.edit': edit,
  'quickhand.cancel': cancel,
  'quickhand.keep': keep,
  'quickhand.revert': revert,
  'quickhand.steer': steer,
  'quickhand.retry': retry,
  'quickhand.explain': explain,
  'quickhand.verify': verify,
  'quickhand.approve': approve,
  'quickhand.status': status,
};
