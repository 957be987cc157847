// `npm run bench:sound`: whether each state that structural edits show is valid code, by the language's own parser.

import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { AnswerFormat } from '../../server/edit/engine.ts';
import { codeFolder } from './code/cache.ts';
import { MissingProgram } from './code/run.ts';
import { languageNames } from './sound/languages.ts';
import { type Figures, measure, type Tally } from './sound/measure.ts';
import { kindsOf, show, table } from './sound/report.ts';

const helpText = `Usage: npm run bench:sound [-- --code DIR] [--language NAME] [--states N] [--seed N] [--kind KIND] [--show N] [--all] [--json]

Makes structural edits in the functions of real code (wraps, clauses, tags, splits, merges, conversions, items, …), streams each new text through
the engine with the server's parse check, 4 characters a token, and has every text that the file then goes through judged by the language's own
parser: Python's ast, TypeScript 5, go/parser, syn. A state is unsound if that parser does not take it; it took the file before, and takes it after.

  --code DIR       the real code; otherwise what \`npm run bench:code\` has fetched into ${codeFolder}
  --language NAME  one of ${languageNames.join(', ')}; may be given several times
  --states N       so many states in each language (10000)
  --seed N         another choice of functions and edits (1)
  --kind KIND      one kind of edit, e.g. "wrap in if"
  --format NAME    rewrite (the default) or search-replace
  --show N         so many unsound states, rejected edits and broken answers that were taken of each language, in excerpts
  --all            every kind of edit in the tables below, not only those with a fault
  --json           all figures, as JSON

Columns: edits with one have at least one unsound state. Rejected: by the engine, although the parser takes the new text. Not exact: the file ended as
another text. Held to the end: nothing was to be seen before the answer was complete. Lag: tokens from a changed line being complete to the file having
everything up to it. Broken answers, which are not among the edits, lead to a text that the parser does not take: slips that are made on purpose, and edits
that came out wrong. Taken: not rejected by the engine. Shown: the file went through at least one unsound state.`;

const { values } = parseArgs({
  options: {
    code: { type: 'string', default: codeFolder },
    language: { type: 'string', multiple: true, default: languageNames },
    states: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string' },
    format: { type: 'string', default: 'rewrite' },
    show: { type: 'string', default: '0' },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
const [states, seed, showCount] = [values.states, values.seed, values.show].map(Number) as [number, number, number];
const isUnderstood =
  values.language.every((name) => languageNames.includes(name)) &&
  (values.format === 'rewrite' || values.format === 'search-replace') &&
  [states, seed, showCount].every(Number.isInteger);
if (values.help || !isUnderstood) {
  console[values.help ? 'log' : 'error'](helpText);
  process.exit(values.help ? 0 : 2);
}
if (!statSync(values.code, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(`There is no code in ${values.code}: run \`npm run bench:code\`, or give a folder with --code.`);
  process.exit(2);
}

const results: Figures[] = [];
const missing: string[] = [];
for (const language of values.language) {
  try {
    results.push(
      await measure(language, {
        folder: values.code,
        states,
        seed,
        format: values.format as AnswerFormat,
        kind: values.kind,
        onProgress: progressOf(language),
      }),
    );
  } catch (error) {
    if (!(error instanceof MissingProgram)) throw error;
    missing.push(`${language}: not measured, ${error.message}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\x1b[2K\r');
}
if (values.json) {
  const shown = results.map(({ lags: _, ...figures }) => ({ ...figures, examples: shownOf(figures) }));
  console.log(JSON.stringify({ seed, format: values.format, languages: shown, missing }));
} else {
  console.log([...(results.length > 0 ? [table(results)] : []), ...missing].join('\n'));
  for (const figures of results) {
    const kinds = kindsOf(figures, values.all);
    if (kinds) console.log(kinds);
    for (const example of shownOf(figures)) console.log(show(example));
  }
}

/** Of each kind of edit the first one before the second of any. */
function shownOf({ examples }: Pick<Figures, 'examples'>): Figures['examples'] {
  const counts = new Map<string, number>();
  const ranked = examples.map((example) => {
    const key = `${example.what} ${example.kind}`;
    const rank = counts.get(key) ?? 0;
    counts.set(key, rank + 1);
    return { example, rank };
  });
  const sorted = ranked.sort((a, b) => a.rank - b.rank).map(({ example }) => example);
  return ['unsound', 'rejected', 'taken'].flatMap((what) =>
    sorted.filter((example) => example.what === what).slice(0, showCount),
  );
}

/** On a terminal one line that changes, else a line at each tenth. */
function progressOf(language: string): (tally: Tally) => void {
  let tenths = 0;
  return (tally) => {
    const line = `${language}: ${tally.states} of ${states} states, ${tally.unsound} unsound`;
    if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${line}`);
    else if (Math.floor((10 * tally.states) / states) > tenths) {
      tenths = Math.floor((10 * tally.states) / states);
      process.stderr.write(`${line}\n`);
    }
  };
}
