// window/workDoneProgress/cancel: the user stopped an edit, an explanation or a check where the editor shows its progress.

import type { ServerContext } from '../server-context.ts';

export function cancelProgress({ workDone, tasks, edits }: ServerContext, token: unknown): void {
  const id = workDone.idOf(token);
  const task = tasks.find(id);
  if (task) task.cancel();
  else if (id !== undefined) void edits.find(id).stop('cancelled', 'you cancelled it');
}
