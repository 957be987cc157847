// workspace/applyEdit: our offsets as the editor's ranges, versioned. The only place that sends edits.

import type { Clock } from '../clock.ts';
import type { EditorPort, Reply } from '../delivery/document-delivery.ts';
import { type Range, rangeOf, type Snapshot } from '../documents/snapshot.ts';
import { trim } from '../text/diff.ts';
import type { Edit } from '../text/edit.ts';
import type { Client } from './client.ts';
import type { Wire } from './wire.ts';

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/**
 * Edits that touch become one: editors disagree on the order of several inserts at one position. Nothing unchanged lies between them, but what
 * one takes out at an end another may put back, and so may an edit that takes several back.
 */
function joined(text: string, edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last?.to === edit.from)
      result[result.length - 1] = { from: last.from, to: edit.to, insert: last.insert + edit.insert };
    else result.push(edit);
  }
  // Several that come to nothing together leave others to send.
  return result.map((edit) => trimmed(text, edit)).filter(({ from, to, insert }) => from !== to || insert !== '');
}

/** Without what stays at its ends. */
function trimmed(text: string, { from, to, insert }: Edit): Edit {
  const stretch = trim(text.slice(from, to), insert);
  return { from: from + stretch.from, to: from + stretch.toA, insert: insert.slice(stretch.from, stretch.toB) };
}

export function toTextEdits(snapshot: Snapshot, edits: readonly Edit[]): TextEdit[] {
  return joined(snapshot.text, edits).map((edit) => ({ range: rangeOf(snapshot, edit), newText: edit.insert }));
}

/** The way to an editor that may take no edits at all. */
export interface EditorDoor extends EditorPort {
  /** Why no edit of ours ever gets in, as far as is known; undefined if one may. */
  readonly whyClosed: string | undefined;
}

/** `client` is asked for at each edit, because it is only known after initialize. */
export function createEditorPort(wire: Wire, client: () => Client, clock: Clock): EditorDoor {
  let slowestAnswerMs = 0;
  let knowsEdits = true;
  const whyClosed = () => {
    if (!client().appliesEdits) return 'this editor takes no edits from servers (it says workspace.applyEdit: false)';
    return knowsEdits ? undefined : 'this editor takes no edits from servers (it does not know workspace/applyEdit)';
  };
  const refuse = (failureReason: string): Reply => ({ applied: false, final: true, failureReason });
  return {
    get slowestAnswerMs() {
      return slowestAnswerMs;
    },
    get isNameless() {
      return client().name === '';
    },
    get whyClosed() {
      return whyClosed();
    },
    async applyEdit(snapshot, edits) {
      const closed = whyClosed();
      if (closed !== undefined) return refuse(closed);
      // No label, no annotations, no metadata: eglot fails on what it does not know and Neovim prints the label (editors.md §1).
      const textDocument = { uri: snapshot.uri, version: snapshot.version };
      const edit = { documentChanges: [{ textDocument, edits: toTextEdits(snapshot, edits) }] };
      const sentAtMs = clock.now();
      try {
        return replyFrom(await wire.sendRequest('workspace/applyEdit', { edit }));
      } catch (error) {
        if (!isUnknownMethod(error)) throw error;
        knowsEdits = false;
        return refuse(whyClosed()!);
      } finally {
        // An error is an answer, too.
        slowestAnswerMs = Math.max(slowestAnswerMs, clock.now() - sentAtMs);
      }
    },
  };
}

/** JSON-RPC's MethodNotFound: it will not be known a moment later, either. */
function isUnknownMethod(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === -32601;
}

/** eglot and lsp-mode answer null to what they do not know: no proof of anything. */
function replyFrom(result: unknown): Reply {
  const { applied, failureReason } = (result ?? {}) as { applied?: unknown; failureReason?: unknown };
  return { applied: applied !== false, ...(typeof failureReason === 'string' && { failureReason }) };
}
