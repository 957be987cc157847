// `npm run bench:engine`: how well the engine streams the real edits of a corpus file, beside two baselines.

import { parseArgs } from 'node:util';
import { readCorpus } from './engine/corpus.ts';
import { type Contestant, type Figures, measure } from './engine/measure.ts';
import { summarize, table, worst } from './engine/report.ts';
import { measureScale, showScale } from './engine/scale.ts';
import { createSyntax } from './engine/syntax.ts';

const helpText = `Usage: npm run bench:engine -- --corpus FILE [--json] [--only CONTESTANT] [--id ID] [--no-scale]

Streams each pair's new text through the engine, 4 characters a token, and prints one row per format beside two baselines:
the trimmed replacement at the end, and a line diff re-sent on each line break.

  --corpus FILE  JSON: a list of {id, language, before, after, optimalCharEdits}
  --json         all figures, as JSON
  --only NAME    one of rewrite, search-replace, trimmed, line-diff
  --id ID        one pair
  --no-scale     leaves out what a push costs in a scope of 5,000 lines and the memory over 5,000 edits (about a minute)

Columns: touched/opt is inserted + deleted characters over the least possible. Sound states: buffer states that parse no worse than the base;
sane time: the share of the stream during which they do. Lag: tokens by which a changed line comes later than from an oracle that knows the
answer and releases whole lines in order under the same gate. First: tokens from the end of the common start (search-replace: from the first
whole changed line) to the first change. Flicker: characters written and removed again. CPU: per token, without the parser, once the first 100 pairs have been streamed unmeasured.`;

/** What an engine costs that has just been started is the compiler's time. */
const warmUp = 100;
const allContestants: readonly Contestant[] = ['rewrite', 'search-replace', 'trimmed', 'line-diff'];

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    json: { type: 'boolean' },
    only: { type: 'string' },
    id: { type: 'string' },
    'no-scale': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help || values.corpus === undefined) {
  console[values.help ? 'log' : 'error'](helpText);
  process.exit(values.help ? 0 : 2);
}

const syntaxOf = await createSyntax();
const pairs = readCorpus(values.corpus)
  .filter(({ id }) => values.id === undefined || id === values.id)
  .map((pair) => ({ pair, syntax: syntaxOf(pair) }));
const contestants = allContestants.filter((each) => values.only === undefined || each === values.only);
const results = contestants.map((contestant) => {
  for (const { pair, syntax } of pairs.slice(0, warmUp)) measure(contestant, pair, syntax);
  const all = pairs.map(({ pair, syntax }): Figures => measure(contestant, pair, syntax));
  return { row: summarize(contestant, all), figures: all };
});
const scale =
  values['no-scale'] || values.only !== undefined || values.id !== undefined ? undefined : measureScale(pairs);
if (values.json) {
  const rows = results.map(({ row, figures }) => ({ ...row, figures: figures.map(({ nanos: _, ...rest }) => rest) }));
  console.log(JSON.stringify(scale ? [...rows, { contestant: 'scale', ...scale }] : rows));
} else {
  console.log(table(results.map(({ row }) => row)));
  if (scale) console.log(`\n${showScale(scale)}`);
  for (const { row, figures } of results) console.log(`\nworst of ${row.contestant}\n${worst(figures)}`);
}
