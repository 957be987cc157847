// Work-done progress and messages: what an edit says in words, in every editor.

import type { Begin, EditListener, End, Report } from '../session/edit-events.ts';
import type { Client } from './client.ts';
import type { Wire } from './wire.ts';

/** LSP's MessageType. */
export const messageType = { error: 1, warning: 2, info: 3 } as const;

/** Progress tokens are always the server's own, one an edit. */
export function createProgress(
  wire: Wire,
  client: () => Client,
): EditListener & { editOf(token: unknown): string | undefined } {
  /** Edits whose progress the editor is showing. */
  const shown = new Set<string>();
  const tell = (editId: string, value: object) => {
    if (shown.has(editId)) void wire.sendNotification('$/progress', { token: tokenOf(editId), value });
  };
  return {
    begin({ editId, title, model }) {
      if (!client().showsProgress) return;
      shown.add(editId);
      // Not awaited: the order of messages is enough, and some editors never answer.
      wire.sendRequest('window/workDoneProgress/create', { token: tokenOf(editId) }).catch(() => shown.delete(editId));
      tell(editId, { kind: 'begin', title: `Quickhand: ${title}`, cancellable: true, message: `asking ${model}` });
    },
    hunk() {},
    report(report) {
      tell(report.editId, { kind: 'report', cancellable: true, message: sayReport(report) });
    },
    end(end) {
      tell(end.editId, { kind: 'end', message: sayEnd(end) });
      shown.delete(end.editId);
      const type =
        end.outcome === 'failed' ? messageType.error : end.outcome === 'rejected' ? messageType.warning : undefined;
      if (type) void wire.sendNotification('window/showMessage', { type, message: `Quickhand: ${sayEnd(end)}` });
    },
    editOf: (token) => [...shown].find((editId) => tokenOf(editId) === token),
  };
}

function tokenOf(editId: string): string {
  return `quickhand/${editId}`;
}

function sayReport({ phase, chars, hunks, held }: Report): string {
  if (phase === 'pending') return 'waiting for the model';
  const waiting = held > 0 ? `, ${held} characters held back until they parse` : '';
  return `${chars} characters, ${plural(hunks, 'edit')} in place${waiting}`;
}

/** One line that says how an edit ended. */
export function sayEnd({ outcome, reason, timing }: Pick<End, 'outcome' | 'reason' | 'timing'>): string {
  const because = reason ? `: ${reason}` : '';
  if (outcome !== 'completed') return `${outcome}${because}`;
  const speed = timing.tokensPerSecond ? `, ${timing.tokensPerSecond} tokens/s` : '';
  const what = timing.hunks === 0 ? 'nothing to change' : plural(timing.hunks, 'edit');
  return `${what} in ${Math.round(timing.totalMs)} ms${speed}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Tells several listeners, in order. */
export function tellAll(...listeners: readonly EditListener[]): EditListener {
  return {
    begin: (event: Begin) => listeners.forEach((listener) => void listener.begin(event)),
    hunk: (editId, landed) => listeners.forEach((listener) => void listener.hunk(editId, landed)),
    report: (event: Report) => listeners.forEach((listener) => void listener.report(event)),
    end: (event: End) => listeners.forEach((listener) => void listener.end(event)),
  };
}
