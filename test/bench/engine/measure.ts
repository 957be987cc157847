// The figures of one answer streamed through one contender.

import type { AnswerFormat } from '../../../server/edit/engine.ts';
import { arrivalsOf, commonStart } from './arrivals.ts';
import { type EngineContender, engineContender, lineDiffContender, trimmedContender } from './contenders.ts';
import type { Pair } from './corpus.ts';
import { type Oracle, oracleOf } from './oracle.ts';
import { type Contender, type Replay, replay, tokenPattern } from './replay.ts';
import { searchReplaceAnswer } from './search-replace-answer.ts';
import type { Syntax } from './syntax.ts';

export type Contestant = AnswerFormat | 'trimmed' | 'line-diff';

export interface Figures {
  readonly id: string;
  readonly exact: boolean;
  readonly rejected: string | undefined;
  readonly ratio: number;
  readonly touched: number;
  readonly optimal: number;
  /** Buffer states, and how many of them parse worse than the base. */
  readonly states: number;
  readonly unsound: number;
  /** Share of the stream during which the buffer parsed no worse than the base. */
  readonly saneTime: number;
  /** Tokens by which each changed line came later than the oracle's. */
  readonly lags: readonly number[];
  /** Tokens from the end of the common start (search-replace: from the first whole changed line) to the first change. */
  readonly first: number;
  readonly flicker: number;
  readonly hunks: number;
  readonly parses: number;
  readonly nanos: readonly number[];
}

export function measure(contestant: Contestant, pair: Pair, syntax: Syntax): Figures {
  const gate = syntax.gate();
  const answer = contestant === 'search-replace' ? searchReplaceAnswer(pair) : pair.after;
  const contender = contenderOf(contestant, pair, gate.parses);
  const run = replay(pair.before, answer, contender, () => gate.ms);
  gate.dispose();
  const touched = contender.touched;
  const unsound = run.states.filter(({ text }) => !syntax.parses(text));
  return {
    id: pair.id,
    exact: run.states.at(-1)!.text === pair.after,
    rejected: contender.rejected,
    touched,
    optimal: pair.optimalCharEdits,
    ratio: touched / pair.optimalCharEdits,
    states: run.states.length,
    unsound: unsound.length,
    saneTime: saneShare(run, syntax),
    lags: contestant === 'search-replace' ? [] : lagsOf(pair, run, oracleOf(pair, syntax.parses)),
    first: firstChange(contestant, pair, answer, run),
    flicker: contender.flicker + ((contender as EngineContender).overlaps ? 1 : 0),
    hunks: (contender as EngineContender).hunks?.length ?? run.states.length - 1,
    parses: gate.calls,
    nanos: run.nanos,
  };
}

function contenderOf(contestant: Contestant, pair: Pair, parses: (text: string) => boolean): Contender {
  if (contestant === 'trimmed') return trimmedContender(pair.before);
  return contestant === 'line-diff' ? lineDiffContender(pair.before) : engineContender(pair, contestant, parses);
}

function saneShare({ states, tokens }: Replay, syntax: Syntax): number {
  let sane = 0;
  states.forEach((state, i) => {
    const until = states[i + 1]?.token ?? tokens + 1;
    if (syntax.parses(state.text)) sane += until - state.token;
  });
  return sane / (tokens + 1);
}

function lagsOf({ after }: Pair, run: Replay, oracle: Oracle): number[] {
  const { finished, seen } = arrivalsOf(after, run);
  const lags = seen.map((token, line) => Math.max(0, token - finished[oracle.releasedAfter[line]! - 1]!));
  return lags.filter((_, line) => oracle.changed[line]);
}

function firstChange(
  contestant: Contestant,
  { before, after }: Pair,
  answer: string,
  { states, tokens }: Replay,
): number {
  const first = states[1]?.token ?? tokens + 1;
  const from = contestant === 'search-replace' ? firstChangedLine(answer) : commonStart(before, after);
  return first - Math.floor(from / tokenPattern);
}

/** Where the first replaced line that differs from the searched one is complete. */
function firstChangedLine(answer: string): number {
  const [, search = '', replacement = ''] = /^<{7} SEARCH\n(.*?)\n={7}\n(.*?\n?)>{7} REPLACE$/ms.exec(answer) ?? [];
  const start = answer.indexOf('\n=======\n') + 9;
  const same = commonStart(`${search}\n`, replacement);
  const end = replacement.indexOf('\n', same);
  return start + (end < 0 ? replacement.length + 1 : end + 1);
}
