// Tries one edit on a real server, as an editor would, and looks at what came of it.

import { isUnsoundReason } from '../../edit/engine.ts';
import type { EditEnded, EditEvent } from '../../protocol/quickhand-messages.ts';
import type { Scopes } from '../../scope/scopes.ts';
import type { CliDocument } from '../document.ts';
import { leastChangedChars } from '../text-diff.ts';
import { type EvalCase, isRight } from './case.ts';

/** An editor with one document, for as long as one case takes. */
export interface EvalEditor {
  /** Opens a case; what it shows afterwards is `document.text`. */
  open(one: EvalCase): Promise<CliDocument>;
  /** Asks for the case's edit at its place, and waits for the end. */
  edit(one: EvalCase, onEvent?: (event: EditEvent) => void): Promise<EditEnded>;
  cancel(editId: string): void;
  readonly scopes: Scopes;
}

export interface CaseResult {
  readonly name: string;
  readonly file: string;
  readonly outcome: EditEnded['outcome'];
  readonly reason?: string;
  readonly ttftMs?: number;
  readonly firstHunkMs?: number;
  readonly totalMs?: number;
  readonly tokensPerSecond?: number;
  /** The answer was whole and in the format that was asked for. */
  readonly readable: boolean;
  /** The text that it makes has no more errors than the one before; unknown if it could not be read. */
  readonly parses?: boolean;
  /** It is what was asked for. */
  readonly right: boolean;
  /** What had to be put right of the answer before it could be used, as nouns for people: `a <think> block`. Absent: nothing. */
  readonly putRight?: readonly string[];
  /** Characters that the edit changed, over those that the smallest right one changes; 1 is best. Absent if nobody can tell. */
  readonly patchOverLeast?: number;
}

export async function tryCase(editor: EvalEditor, one: EvalCase): Promise<CaseResult> {
  const document = await editor.open(one);
  const before = document.snapshot;
  const { outcome, reason, timing, putRight = [] } = await editor.edit(one);
  const completed = outcome === 'completed';
  const readable = completed || (outcome === 'rejected' && isUnsoundReason(reason));
  const { ttftMs, firstHunkMs, totalMs, tokensPerSecond } = timing;
  const figures = { ttftMs, firstHunkMs, totalMs, tokensPerSecond, patchOverLeast: patchOverLeast(one, document.text) };
  const parses = completed && (await parsesAs(editor.scopes, before, document.text));
  return {
    name: one.name,
    file: one.file,
    outcome,
    ...(reason !== undefined && { reason }),
    ...(completed && withValues(figures)),
    ...(putRight.length > 0 && { putRight }),
    readable,
    ...(readable && { parses }),
    right: completed && isRight(one, document.text),
  };
}

/** From the word to the end of the edit, in ms, in the middle of an answer; undefined if the answer was over before. */
export async function timeToStop(editor: EvalEditor, one: EvalCase): Promise<number | undefined> {
  await editor.open(one);
  let saidMs: number | undefined;
  const { outcome } = await editor.edit(one, (event) => {
    const isAnswered = event.kind === 'hunk' || (event.kind === 'report' && event.chars > 0);
    if (saidMs !== undefined || !isAnswered) return;
    saidMs = performance.now();
    editor.cancel(event.editId);
  });
  return outcome === 'cancelled' && saidMs !== undefined ? performance.now() - saidMs : undefined;
}

function patchOverLeast({ before, after }: EvalCase, text: string): number | undefined {
  const least = after === undefined ? 0 : leastChangedChars(before, after);
  return least === 0 ? undefined : leastChangedChars(before, text) / least;
}

/** Asked of the text itself, whatever the server was configured to let through. */
async function parsesAs(scopes: Scopes, before: CliDocument['snapshot'], text: string): Promise<boolean> {
  await scopes.load(before.languageId);
  const check = scopes.parseCheck(before, { from: 0, to: before.text.length });
  const parses = check?.parses(text) ?? true;
  check?.dispose();
  return parses;
}

function withValues<T extends object>(figures: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as never;
}
