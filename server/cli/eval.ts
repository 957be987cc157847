// `quickhand eval`: a set of small edits through the real server, and what decides whether a model is fit for the fast lane.

import { shownJson } from '../text/shown.ts';
import { type LaneState, withBench } from './eval/bench.ts';
import { CASES, INTERRUPTED } from './eval/cases.ts';
import { header, LEGEND, sayResult, saySummary, summarise } from './eval/report.ts';
import { type Bench, type CaseResult, timeToStop, tryCase } from './eval/try-case.ts';
import { CliError, type CliIo, usageError } from './io.ts';
import { readOptions } from './options.ts';
import { styleFor } from './style.ts';

const USAGE = 'usage: quickhand eval [--lane NAME] [--json]';

/** Answers that are stopped in the middle: some, because one may be over too soon. */
const interruptions = 3;

/** A model that fails this often from the first edit on is not there: the rest would only cost time. */
const hopeless = 2;

interface Order {
  readonly lane: string;
  readonly json: boolean;
}

export async function evaluate(args: string[], io: CliIo): Promise<number> {
  const order = readOrder(args);
  return withBench(order.lane, io, (bench, state) => run({ order, bench, state }, io));
}

function readOrder(args: string[]): Order {
  const options = { lane: { type: 'string', default: 'fast' }, json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = readOptions(args, options, USAGE);
  if (positionals[0] !== undefined) throw usageError(`"${positionals[0]}" is too much`, USAGE);
  return values;
}

interface Evaluation {
  readonly order: Order;
  readonly bench: Bench;
  readonly state: LaneState;
}

async function run({ order, bench, state }: Evaluation, io: CliIo): Promise<number> {
  const { lane, json } = order;
  const style = styleFor(io);
  const say = (text: string) => !json && io.stdout.write(text);
  say(`${style.bold(state.label)}${state.rehearsal ? rehearsalNote : ''}\n\n${header(style)}`);
  const results: CaseResult[] = [];
  for (const [i, one] of CASES.entries()) {
    if (json) io.stderr.write(`${i + 1} of ${CASES.length}: ${one.name}\n`);
    const result = await tryCase(bench, one);
    results.push(result);
    say(sayResult(result, style));
    if (results.length >= hopeless && results.every(({ outcome }) => outcome === 'failed'))
      throw new CliError(1, `the model does not answer: ${result.reason ?? 'no reason given'}`);
  }
  const stopsMs: (number | undefined)[] = [];
  for (let i = 0; i < interruptions; i++) stopsMs.push(await timeToStop(bench, INTERRUPTED));
  const summary = summarise(results, stopsMs);
  say(saySummary(summary) + LEGEND);
  if (json) {
    const report = { lane, model: state.label, isRehearsal: state.rehearsal, summary, edits: results };
    io.stdout.write(`${shownJson(report)}\n`);
  }
  return 0;
}

const rehearsalNote =
  '\nIt renames and comments, and does nothing else: these figures tell what Quickhand costs, not what a model can do.';
