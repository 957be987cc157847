// workspace/applyEdit: our offsets as the editor's ranges, versioned. The only place that sends edits.

import { ApplyWorkspaceEditRequest, ErrorCodes, type TextEdit } from 'vscode-languageserver-protocol';
import type { Clock } from '../clock.ts';
import { EditorHabits } from '../delivery/editor-habits.ts';
import type { EditorPort, Reply } from '../delivery/port.ts';
import { joinTouching } from '../delivery/sent-edit.ts';
import { rangeOf, type Snapshot } from '../documents/snapshot.ts';
import type { Edit } from '../text/edit.ts';
import type { Client } from './client.ts';
import type { Wire } from './connection/wire.ts';

export function toTextEdits(snapshot: Snapshot, edits: readonly Edit[]): TextEdit[] {
  return joinTouching(snapshot.text, edits).map((edit) => ({ range: rangeOf(snapshot, edit), newText: edit.insert }));
}

/** The way to an editor that may take no edits at all. */
export interface ClientEditorPort extends EditorPort {
  /** Why no edit of ours ever gets in, as far as is known; undefined if one may. */
  readonly whyClosed: string | undefined;
}

/** `client` is asked for at each edit, because it is only known after initialize. */
export function createEditorPort(wire: Wire, client: () => Client, clock: Clock): ClientEditorPort {
  const habits = new EditorHabits();
  let knowsEdits = true;
  const whyClosed = () => {
    if (!client().appliesEdits) return 'this editor accepts no edits from servers (workspace.applyEdit: false)';
    return knowsEdits ? undefined : 'this editor accepts no edits from servers (it does not know workspace/applyEdit)';
  };
  const refuse = (failureReason: string): Reply => ({ applied: false, final: true, failureReason });
  return {
    habits,
    get mayBeKate() {
      return /^(kate)?$/i.test(client().name);
    },
    get whyClosed() {
      return whyClosed();
    },
    async applyEdit(snapshot, edits) {
      const closed = whyClosed();
      if (closed !== undefined) return refuse(closed);
      // No label, no annotations, no metadata: eglot fails on what it does not know and Neovim prints the label (delivery/EDITORS.md §1).
      const textDocument = { uri: snapshot.uri, version: snapshot.version };
      const edit = { documentChanges: [{ textDocument, edits: toTextEdits(snapshot, edits) }] };
      const sentAtMs = clock.now();
      try {
        return replyFrom(await wire.sendRequest(ApplyWorkspaceEditRequest.type, { edit }));
      } catch (error) {
        if (!isUnknownMethod(error)) throw error;
        knowsEdits = false;
        return refuse(whyClosed()!);
      } finally {
        // An error is an answer, too.
        habits.answeredAfter(clock.now() - sentAtMs);
      }
    },
  };
}

/** It will not be known a moment later, either. */
function isUnknownMethod(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === ErrorCodes.MethodNotFound;
}

/** eglot and lsp-mode answer null to what they do not know: no proof of anything. */
function replyFrom(result: unknown): Reply {
  const { applied, failureReason } = (result ?? {}) as { applied?: unknown; failureReason?: unknown };
  return { applied: applied !== false, ...(typeof failureReason === 'string' && { failureReason }) };
}
