// Code actions for the edits of a document: while one runs, and what can be said of the last one.

import type { Config } from '../../config/config.ts';
import type { EditSession } from '../../session/edit-session.ts';
import { checksFor } from '../../verify/invocation.ts';
import type { ServerContext } from '../server-context.ts';
import { createCodeAction, type KindedAction } from './create-action.ts';

/** Those of all running edits, newest first; else those of the last edit, as long as there is something left to say of it. */
export function editActions(
  { edits, config, proposals, takesEdits, disk }: ServerContext,
  uri: string,
): KindedAction[] {
  const sessions = edits.sinceOpened(uri);
  const running = sessions.filter((session) => session.isRunning);
  if (!takesEdits) return running.flatMap((session) => offers(session, ['Stop']));
  if (running.length > 0) return running.flatMap((session) => offers(session, ['Stop', 'Keep', 'Revert', 'Retry']));
  const [last] = sessions;
  if (!last) return [];
  return [
    ...proposals.open(last).map((line) => importAction(last, line)),
    ...lastWords(last, { config, canShow: disk?.keepAnswer !== undefined }),
  ];
}

function lastWords(last: EditSession, { config, canShow }: { config: Config; canShow: boolean }): KindedAction[] {
  const { review, hasLanded, languageId, outcome, end, isOffered, request } = last;
  if (isOffered) return offers(last, ['Apply', hasLanded ? 'Revert' : 'Discard', 'Retry']);
  if (review.state === 'draft' && hasLanded) {
    const canVerify = checksFor(config.verify, languageId).length > 0;
    return [...offers(last, ['Keep', 'Revert', 'Retry']), ...(canVerify ? [verifyAction(last)] : [])];
  }
  const elsewhere = end?.isTooLarge && request.roomier !== undefined ? [roomierAction(last, request.roomier)] : [];
  if (outcome !== 'failed' && outcome !== 'rejected') return [];
  return [...elsewhere, ...offers(last, ['Retry']), ...(canShow && last.exchange?.answer ? [answerAction(last)] : [])];
}

function answerAction({ editId, request }: EditSession): KindedAction {
  return createCodeAction('quickfix', `Show the answer: ${request.title}`, 'quickhand.answer', { editId });
}

function importAction({ editId }: EditSession, line: string): KindedAction {
  return createCodeAction('quickfix', `Add import: ${line}`, 'quickhand.approve', { editId, item: line });
}

function roomierAction({ editId, request }: EditSession, lane: string): KindedAction {
  return createCodeAction('quickfix', `Retry in the ${lane} lane: ${request.title}`, 'quickhand.retry', {
    editId,
    lane,
  });
}

const commands = {
  Apply: 'quickhand.approve',
  Discard: 'quickhand.revert',
  Stop: 'quickhand.cancel',
  Keep: 'quickhand.keep',
  Revert: 'quickhand.revert',
  Retry: 'quickhand.retry',
} as const;

function offers({ editId, request, end }: EditSession, verbs: readonly (keyof typeof commands)[]): KindedAction[] {
  const how = (verb: string) => (verb === 'Retry' && end?.leftOut ? ', and write it out in full' : '');
  return verbs.map((verb) =>
    createCodeAction('quickfix', `${verb}${how(verb)}: ${request.title}`, commands[verb], { editId }),
  );
}

/** Does not wait: eglot would hold Emacs until the answer. */
function verifyAction({ editId, request }: EditSession): KindedAction {
  return createCodeAction('quickfix', `Verify: ${request.title}`, 'quickhand.verify', { editId, wait: false });
}
