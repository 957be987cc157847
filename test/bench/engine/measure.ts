// The figures of one answer streamed through one contender.

import type { AnswerFormat } from '../../../server/edit/engine.ts';
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

function contenderOf(contestant: Contestant, { before }: Pair, parses: (text: string) => boolean): Contender {
  if (contestant === 'trimmed') return trimmedContender(before);
  return contestant === 'line-diff' ? lineDiffContender(before) : engineContender(before, contestant, parses);
}

function saneShare({ states, tokens }: Replay, syntax: Syntax): number {
  let sane = 0;
  states.forEach((state, i) => {
    const until = states[i + 1]?.token ?? tokens + 1;
    if (syntax.parses(state.text)) sane += until - state.token;
  });
  return sane / (tokens + 1);
}

/** The token with which line `index` of the new text is finished: with its line break, the last one with the answer. */
function lineTokens(after: string): number[] {
  const lines = after.split('\n');
  let at = 0;
  return lines.map((line, index) => {
    at += line.length + 1;
    return index === lines.length - 1 ? Math.ceil(after.length / tokenPattern) + 1 : Math.ceil(at / tokenPattern);
  });
}

function lagsOf({ after }: Pair, { states, tokens }: Replay, oracle: Oracle): number[] {
  const finished = lineTokens(after);
  const ends = lineEnds(after);
  const lags: number[] = [];
  let state = 0;
  let covered = commonStart(states[0]!.text, after);
  ends.forEach((end, line) => {
    while (covered < end && state < states.length - 1) covered = commonStart(states[++state]!.text, after);
    const ours = covered >= end ? states[state]!.token : tokens + 1;
    const best = finished[oracle.releasedAfter[line]! - 1]!;
    if (oracle.changed[line]) lags.push(Math.max(0, ours - best));
  });
  return lags;
}

/** Where each line ends with its line break. */
function lineEnds(text: string): number[] {
  let at = 0;
  const ends = text.split('\n').map((line) => (at += line.length + 1));
  ends[ends.length - 1]!--;
  return ends;
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

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}
