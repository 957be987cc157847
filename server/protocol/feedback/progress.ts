// Work-done progress and messages: what an edit says in words, in every editor.

import type { Snapshot } from '../../documents/snapshot.ts';
import { relativePath } from '../../files/uri-paths.ts';
import type { CheckBasis } from '../../scope/scopes.ts';
import type { Begin, EditListener, End, ProgressReport, Trouble } from '../../session/edit-events.ts';
import { interruptions } from '../../session/ending.ts';
import type { Wire } from '../connection/wire.ts';
import { showMessage } from './messages.ts';
import type { WorkDone } from './work-done.ts';

/** `checkBasis`: by what an edit of the snapshot is checked; undefined: nothing checks it. */
export function createProgress(
  wire: Wire,
  workDone: WorkDone,
  checkBasis: (snapshot: Snapshot) => CheckBasis | undefined,
): EditListener {
  return {
    begin(begin) {
      workDone.begin(begin.editId, begin.title, sayBegin(begin, checkBasis(begin.snapshot)));
    },
    hunk() {},
    report(report) {
      workDone.report(report.editId, sayReport(report));
    },
    end(end) {
      const isShown = workDone.end(end.editId, sayEnd(end));
      if (!isShown && wasInterrupted(end)) showMessage(wire, 'info', sayEnd(end));
      if (end.outcome === 'failed') showMessage(wire, 'error', sayEnd(end));
      if (end.outcome === 'rejected') showMessage(wire, 'warning', sayEnd(end));
      if (end.state === 'offered') showMessage(wire, 'info', sayOffer(end));
    },
    trouble({ uri, reason }) {
      showMessage(wire, 'warning', `${relativePath({ uri }, [])}: ${reason}`);
    },
  };
}

/** Not by a word of the user's, who knows of that. */
function wasInterrupted({ outcome, reason }: End): boolean {
  return outcome === 'cancelled' && Object.values(interruptions).some((why) => why === reason);
}

function sayBegin(begin: Begin, basis: CheckBasis | undefined): string {
  const offer = begin.landing === 'offer' ? ', to be offered: nothing changes until you choose Apply' : '';
  return `asking ${begin.model}${sayUnparsed(begin, basis)}${offer}`;
}

/** Where little or nothing checks an edit, who asks for it has to look. */
function sayUnparsed({ scope, snapshot }: Begin, basis: CheckBasis | undefined): string {
  if (scope.isParsed) return '';
  return ` about the ${scope.kind}: ${snapshot.languageId || 'its language'} has no grammar here, so ${sayCheck(basis)}`;
}

/** What is known of a text that no grammar parses. */
export function sayCheck(basis: CheckBasis | undefined): string {
  return basis ? 'only its brackets, quotes and indentation are checked' : 'nothing checks that it parses';
}

/** ms. An editor tells of an edit within 0.3 s; those that put it off do so until their user pauses. */
const slowMs = 1000;

/** What has landed, or else why nothing has. */
function sayReport({ chars, hunks, held, hasUnseenEdits, unseenMs, landing, ...state }: ProgressReport): string {
  const read = `${chars} characters read`;
  if (unseenMs >= slowMs)
    return `${sayHunks(hunks)}waiting for the editor to confirm an edit; some wait for a pause in typing`;
  if (state.isThinking) return `${sayHunks(hunks)}thinking, ${Math.round(state.elapsedMs / 1000)} s so far`;
  if (landing === 'offer') return `${read}, to be offered: nothing changes until you choose Apply`;
  if (landing === 'atomic') return `${read}, to be applied in one edit at the end`;
  const waiting = held > 0 ? `, ${held} held until more has been read` : '';
  if (hunks > 0) return `${sayHunks(hunks)}${read}${waiting}`;
  if (hasUnseenEdits) return `${read}, the first edit is on its way`;
  return held > 0 ? `${read}, nothing in place yet${waiting}` : `${read}, the same as the code so far`;
}

function sayHunks(count: number): string {
  return count > 0 ? `${plural(count, 'edit')} in place, ` : '';
}

/** One line that says how an edit ended. */
export function sayEnd({
  outcome,
  reason,
  timing,
  state,
  putRight,
}: Pick<End, 'outcome' | 'reason' | 'timing' | 'state' | 'putRight'>): string {
  const because = reason ? `: ${reason}` : '';
  if (state === 'offered' && reason) return `${sayHunks(timing.hunks)}${reason}: choose Apply`;
  if (state === 'offered') return `an edit is ready after ${Math.round(timing.totalMs)} ms: choose Apply or Discard`;
  if (outcome !== 'completed') return `${outcome}${because}`;
  const speed = timing.tokensPerSecond ? `, ${timing.tokensPerSecond} tokens/s` : '';
  const what = timing.hunks === 0 ? 'nothing to change' : plural(timing.hunks, 'edit');
  const mended = putRight.length > 0 ? `; put right: ${putRight.join(', ')}` : '';
  return `${what} in ${Math.round(timing.totalMs)} ms${speed}${mended}`;
}

function sayOffer({ reason, timing }: Pick<End, 'reason' | 'timing'>): string {
  if (!reason) return 'ready: choose Apply or Discard';
  return `${sayHunks(timing.hunks)}${reason}: choose Apply from the menu (quickhand.approve)`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Tells several listeners, in order. */
export function tellAll(...listeners: readonly EditListener[]): EditListener {
  return {
    begin: (event: Begin) => listeners.forEach((listener) => void listener.begin(event)),
    hunk: (editId, landed) => listeners.forEach((listener) => void listener.hunk(editId, landed)),
    report: (event: ProgressReport) => listeners.forEach((listener) => void listener.report(event)),
    end: (event: End) => listeners.forEach((listener) => void listener.end(event)),
    trouble: (event: Trouble) => listeners.forEach((listener) => void listener.trouble?.(event)),
  };
}
