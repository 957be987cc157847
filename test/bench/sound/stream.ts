// Streams one edit through the engine with the server's own parse check, as an edit session does.

import { diff } from 'fast-myers-diff';
import type { Snapshot } from '../../../server/documents/snapshot.ts';
import type { AnswerFormat } from '../../../server/edit/engine.ts';
import type { Scopes } from '../../../server/scope/scopes.ts';
import type { Span } from '../../../server/text/span.ts';
import { arrivalsOf } from '../engine/arrivals.ts';
import { engineContender } from '../engine/contenders.ts';
import { type Replay, replay } from '../engine/replay.ts';
import { searchReplaceAnswer } from '../engine/search-replace-answer.ts';

export interface Streamed {
  /** The different texts that the whole file had, after the base, in order. */
  readonly states: readonly string[];
  readonly rejected: string | undefined;
  /** Nothing was to be seen before the answer's end. */
  readonly isHeld: boolean;
  /** Tokens by which each changed line came later than it was complete. */
  readonly lags: readonly number[];
}

interface Request {
  readonly scopes: Scopes;
  readonly snapshot: Snapshot;
  readonly span: Span;
  /** The new text of the scope. */
  readonly after: string;
  readonly format: AnswerFormat;
}

export function streamEdit({ scopes, snapshot, span, after, format }: Request): Streamed {
  const { text } = snapshot;
  const before = text.slice(span.from, span.to);
  const answer = format === 'rewrite' ? after : searchReplaceAnswer({ before, after });
  const check = scopes.parseCheck(snapshot, span)!;
  const contender = engineContender({ before, language: snapshot.languageId }, format, (candidate) =>
    check.parses(candidate),
  );
  const run = replay(before, answer, contender, () => 0);
  check.dispose();
  const shown = run.states.slice(1);
  return {
    states: [...new Set(shown.map((state) => text.slice(0, span.from) + state.text + text.slice(span.to)))],
    rejected: contender.rejected,
    isHeld: shown.length > 0 && shown[0]!.token > run.tokens,
    lags: format === 'rewrite' ? lagsOf(before, after, run) : [],
  };
}

function lagsOf(before: string, after: string, run: Replay): number[] {
  const { finished, seen } = arrivalsOf(after, run);
  const lags: number[] = [];
  for (const [, , fromB, toB] of diff(before.split('\n'), after.split('\n'))) {
    for (let line = fromB; line < toB; line++) lags.push(Math.max(0, seen[line]! - finished[line]!));
  }
  return lags;
}
