// `npm run bench:answers`: what the real server makes of answers as models really give them.

import { parseArgs } from 'node:util';
import type { AnswerCase } from '../answers/answer-case.ts';
import { listedCases, ownCases } from '../answers/corpus.ts';
import { isRefusalFine, type Verdict, verdictOf } from '../answers/judge.ts';
import { type Performance, playAll } from '../answers/play-all.ts';
import { type Form, forms, type Way, type WireKind, waysOf, wires } from '../answers/ways.ts';

const helpText = `Usage: npm run bench:answers [-- [FILE] [--json] [--only ID] [--format FORM] [--transport WIRE] [--seed N] [--all]]

Plays each case on the real server in this process: opens its document, asks at its cursor or selection, streams its answer, and compares what the
document reads at the end. Without FILE: the corpus in test/answers/cases.

  FILE              JSON: {cases: [{id, file, languageId, source, scope?, instruction?, answer or events, wanted}]}
  --only ID         cases whose id begins so
  --format FORM     rewrite (default); block: as a search/replace block; whole: a plain text although blocks were asked for; all
  --transport WIRE  websocket (default), sse, all
  --seed N          of the chunks that the answers are cut into (default 1)
  --all             prints the cases that are right too
  --json            all figures, as JSON

right: the document reads at the end as one of the texts that are wanted: the edit completed, or, where that text is the untouched one, it was
refused with a reason ("fine"). refused: nothing has changed, and a reason says why, although something was wanted. WRONG: anything else, such as a
completed edit with another text.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    format: { type: 'string', default: 'rewrite' },
    transport: { type: 'string', default: 'websocket' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
const isKnown = (list: readonly string[], value: string) => value === 'all' || list.includes(value);

if (values.help) console.log(helpText);
else if (!isKnown(forms, values.format) || !isKnown(wires, values.transport) || Number.isNaN(Number(values.seed))) {
  console.error(helpText);
  process.exitCode = 2;
} else await run(positionals[0] === undefined ? ownCases() : listedCases(positionals[0]));

interface Row {
  readonly id: string;
  readonly form: Form;
  readonly wire: WireKind;
  readonly verdict: Verdict;
  /** A refusal where the case says that one will do. */
  readonly fine: boolean;
  readonly outcome: string;
  readonly reason?: string;
  readonly putRight: readonly string[];
  /** What the document reads; absent where it is as before. */
  readonly text?: string;
}

async function run(all: readonly AnswerCase[]): Promise<void> {
  const cases = all.filter(({ id }) => id.startsWith(values.only));
  const asked = (list: Form | WireKind, value: string) => value === 'all' || value === list;
  const ways = (one: AnswerCase): Way[] => {
    const possible = waysOf(one);
    return 'events' in one.answer
      ? possible
      : possible.filter(({ form, wire }) => asked(form, values.format) && asked(wire, values.transport));
  };
  const rows = (await playAll(cases, { seed: Number(values.seed), ways })).map(rowOf);
  if (values.json) console.log(JSON.stringify({ rows, summary: summaryOf(rows) }));
  else console.log(`${rows.filter(isShown).map(lineOf).join('')}${summaryText(rows)}`);
}

function rowOf({ one, way, played }: Performance): Row {
  const { outcome, reason, putRight, text } = played;
  const verdict = verdictOf(one, played);
  return {
    id: one.id,
    ...way,
    verdict,
    fine: verdict === 'refused' && isRefusalFine(one, played),
    outcome,
    ...(reason !== undefined && { reason }),
    putRight,
    ...(text !== one.base && { text }),
  };
}

function isShown({ verdict, fine }: Row): boolean {
  return values.all === true || values.only !== '' || !(verdict === 'right' || fine);
}

function lineOf({ id, form, wire, verdict, fine, outcome, reason, putRight, text }: Row): string {
  const word = verdict === 'wrong' ? 'WRONG' : verdict;
  const why = [
    verdict === 'right' ? '' : reason === undefined ? outcome : `${outcome}: ${reason}`,
    verdict === 'wrong' && text === undefined ? '(nothing has changed)' : '',
    fine ? '(fine)' : '',
    putRight.length > 0 ? `put right: ${putRight.join(', ')}` : '',
  ].filter(Boolean);
  const shown = verdict === 'wrong' && text !== undefined ? `${text.replace(/^/gm, '    | ')}\n` : '';
  return `${word.padEnd(8)} ${id} [${form}, ${wire}] ${why.join(' ')}\n${shown}`;
}

function summaryOf(rows: readonly Row[]) {
  const count = (test: (row: Row) => boolean) => rows.filter(test).length;
  const refusedRightly = count(({ fine }) => fine);
  return {
    cases: rows.length,
    right: count(({ verdict }) => verdict === 'right') + refusedRightly,
    refusedRightly,
    refused: count(({ verdict }) => verdict === 'refused') - refusedRightly,
    wrong: count(({ verdict }) => verdict === 'wrong'),
    putRight: count(({ putRight }) => putRight.length > 0),
  };
}

function summaryText(rows: readonly Row[]): string {
  const { cases, right, refused, refusedRightly, wrong, putRight } = summaryOf(rows);
  const share = (count: number) =>
    `${String(count).padStart(4)}  ${((100 * count) / Math.max(1, cases)).toFixed(1).padStart(5)} %`;
  return [
    `cases                  ${String(cases).padStart(4)}`,
    `right                  ${share(right)}  (${refusedRightly} of them by refusing)`,
    `refused with a reason  ${share(refused)}`,
    `wrong                  ${share(wrong)}`,
    `put right              ${share(putRight)}`,
  ].join('\n');
}
