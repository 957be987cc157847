// Tries one edit on a real server, as an editor would, and looks at what came of it.

import { doesNotParse } from '../../edit/engine.ts';
import type { Scopes } from '../../scope/scopes.ts';
import type { CliDocument } from '../document.ts';
import type { EditEvent, Ended } from '../server.ts';
import { leastChangedChars } from '../text-diff.ts';
import { type EvalCase, isRight } from './case.ts';

/** An editor with one document, for as long as one case takes. */
export interface Bench {
  /** Opens a case; what it shows afterwards is `document.text`. */
  open(one: EvalCase): Promise<CliDocument>;
  /** Asks for the case's edit at its place, and waits for the end. */
  edit(one: EvalCase, onEvent?: (event: EditEvent) => void): Promise<Ended>;
  cancel(editId: string): void;
  readonly scopes: Scopes;
}

export interface CaseResult {
  readonly name: string;
  readonly file: string;
  readonly outcome: Ended['outcome'];
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
  /** Characters that the edit changed, over those that the smallest right one changes; 1 is best. Absent if nobody can tell. */
  readonly patchOverLeast?: number;
}

export async function tryCase(bench: Bench, one: EvalCase): Promise<CaseResult> {
  const document = await bench.open(one);
  const before = document.snapshot;
  const { outcome, reason, timing } = await bench.edit(one);
  const completed = outcome === 'completed';
  const readable = completed || (outcome === 'rejected' && reason === doesNotParse);
  const { ttftMs, firstHunkMs, totalMs, tokensPerSecond } = timing;
  const figures = { ttftMs, firstHunkMs, totalMs, tokensPerSecond, patchOverLeast: patchOverLeast(one, document.text) };
  const parses = completed && (await parsesAs(bench.scopes, before, document.text));
  return {
    name: one.name,
    file: one.file,
    outcome,
    ...(reason !== undefined && { reason }),
    ...(completed && withValues(figures)),
    readable,
    ...(readable && { parses }),
    right: completed && isRight(one, document.text),
  };
}

/** From the word to the end of the edit, in ms, in the middle of an answer; undefined if the answer was over before. */
export async function timeToStop(bench: Bench, one: EvalCase): Promise<number | undefined> {
  await bench.open(one);
  let saidMs: number | undefined;
  const { outcome } = await bench.edit(one, ({ kind, editId, chars = 0 }) => {
    if (saidMs !== undefined || !(kind === 'hunk' || (kind === 'report' && chars > 0))) return;
    saidMs = performance.now();
    bench.cancel(editId);
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
  const gate = scopes.gate(before, { from: 0, to: before.text.length });
  const parses = gate?.parses(text) ?? true;
  gate?.dispose();
  return parses;
}

function withValues<T extends object>(figures: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as never;
}
