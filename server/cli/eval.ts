// `quickhand eval`: a set of small edits through the real server, and what decides whether a model is fit for the fast lane.

import { printableJson } from '../text/printable.ts';
import { readTimeoutMs } from './answer-limits.ts';
import { allCases, interrupted } from './eval/cases.ts';
import { type LaneState, withEvalEditor } from './eval/eval-editor.ts';
import { formatResult, formatSummary, header, legend, summariseResults } from './eval/eval-report.ts';
import { type CaseResult, type EvalEditor, timeToStop, tryCase } from './eval/try-case.ts';
import { CliError, type CliIo, usageError } from './io.ts';
import { readOptions } from './options.ts';
import { styleFor } from './style.ts';

const usage = 'usage: quickhand eval [--lane NAME] [--timeout SECONDS] [--json]';

/** Answers that are stopped in the middle: some, because one may be over too soon. */
const interruptions = 3;

/** A model that fails this often from the first edit on is not there: the rest would only cost time. */
const hopeless = 2;

interface EvalArguments {
  readonly lane: string;
  readonly json: boolean;
  readonly timeoutMs: number;
}

export async function evaluate(args: string[], io: CliIo): Promise<number> {
  const options = readArguments(args);
  return withEvalEditor(options, io, (editor, state) => run({ options, editor, state }, io));
}

function readArguments(args: string[]): EvalArguments {
  const options = {
    lane: { type: 'string', default: 'fast' },
    json: { type: 'boolean', default: false },
    timeout: { type: 'string' },
  } as const;
  const { values, positionals } = readOptions(args, options, usage);
  if (positionals[0] !== undefined) throw usageError(`unexpected argument "${positionals[0]}"`, usage);
  return { lane: values.lane, json: values.json, timeoutMs: readTimeoutMs(values.timeout, usage) };
}

interface Evaluation {
  readonly options: EvalArguments;
  readonly editor: EvalEditor;
  readonly state: LaneState;
}

async function run({ options, editor, state }: Evaluation, io: CliIo): Promise<number> {
  const { lane, json } = options;
  const style = styleFor(io);
  const say = (text: string) => !json && io.stdout.write(text);
  // Somebody at a terminal sees each edit, in the table or here; a log has no use for that.
  const log = (text: string) => !io.isTTY && io.stderr.write(text);
  log(`trying ${allCases.length} edits on ${state.label} …\n`);
  say(`${style.bold(state.label)}${state.rehearsal ? rehearsalNote : ''}\n\n${header(style)}`);
  const results: CaseResult[] = [];
  for (const [i, one] of allCases.entries()) {
    if (json && io.isTTY) io.stderr.write(`${i + 1} of ${allCases.length}: ${one.name}\n`);
    const result = await tryCase(editor, one);
    results.push(result);
    say(formatResult(result, style));
    if (results.length >= hopeless && results.every(({ outcome }) => outcome === 'failed'))
      throw new CliError(1, `the model does not answer: ${result.reason ?? 'no reason given'}`);
  }
  const stopsMs: (number | undefined)[] = [];
  for (let i = 0; i < interruptions; i++) stopsMs.push(await timeToStop(editor, interrupted));
  const summary = summariseResults(results, stopsMs);
  say(formatSummary(summary) + legend);
  if (json) {
    const report = { lane, model: state.label, isRehearsal: state.rehearsal, summary, edits: results };
    io.stdout.write(`${printableJson(report)}\n`);
  }
  log(`${summary.right} of ${summary.edits} edits right\n`);
  return 0;
}

const rehearsalNote =
  '\nIt renames and comments, and does nothing else: these figures tell what Quickhand costs, not what a model can do.';
