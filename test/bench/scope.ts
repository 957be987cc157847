// `npm run bench:scope`: how fast scopes are found in a generated file, and, in folders of real code, whether they are the ones that the rules say.

import { parseArgs } from 'node:util';
import { createScopes } from '../../server/scope/create-scopes.ts';
import { assets } from '../scope/assets.ts';
import { sourcesIn } from './scope/files.ts';
import { judgeOf } from './scope/judges.ts';
import { measureLongClass } from './scope/long-class.ts';
import { measure, type Tally } from './scope/measure.ts';
import { rowOf, table } from './scope/report.ts';
import { measureSynthetic } from './scope/synthetic.ts';

const helpText = `Usage: npm run bench:scope [-- [--json] DIR... [--positions N] [--seed N] [--only LANGUAGE] [--show N]]

Without a folder: what every call of the scope floor costs in a generated file of 10,000 lines.
With folders of real code: asks for the scope of a cursor at the first character of each line, and compares its lines with those that the rules say, as
computed from what the language's own parser (TypeScript's, Python's ast, go/parser, syn) makes of the file. The parsers are installed or built once in
the user's cache; a language whose tools are missing is left out. Generated files and declarations (.d.ts) are too.

  --positions N  the most lines that are looked at in each language (default 10,000), drawn from files in a random order, at most N/40 of one
  --seed N       of that order (default 1)
  --only ID      one language id
  --show N       the first N disagreements of each language: place, expected lines, found lines
  --json         all figures, as JSON

not taken: files with errors for the language's own parser.
agree: code lines that get the expected lines, or a whole part of a scope that is over the bounds. refused: no scope, or one over the bounds.
large: lines whose scope is over the bounds; whole, exact: how many of those get a whole part of it, the largest that is within them.
insert: blank lines that give a place for new code.
in tests: code lines in a test of several lines (a function behind a string, or called like a test); one line: how many of them get a scope of one.
cuts: scopes that end within a token, or hold a part of a statement. ms: processor time of one find, which other programs do not add to.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    positions: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    show: { type: 'string', default: '0' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

const [positions, seed, show] = [values.positions, values.seed, values.show].map(Number) as [number, number, number];

if (values.help) console.log(helpText);
else if ([positions, seed, show].some(Number.isNaN)) {
  console.error(helpText);
  process.exitCode = 2;
} else if (positionals.length === 0) await synthetic();
else await real();

async function synthetic(): Promise<void> {
  const results = await measureSynthetic();
  if (values.json) console.log(JSON.stringify(results));
  else for (const [name, value] of Object.entries(results)) console.log(`${name.padEnd(44)} ${value}`);
}

async function real(): Promise<void> {
  const scopes = await createScopes({ assets });
  const sources = sourcesIn(positionals, (path) => scopes.languageOf(path));
  const languages = [...new Set(sources.map(({ language }) => language))].sort();
  const tallies = new Map<string, Tally>();
  for (const language of languages) {
    if (values.only !== undefined && language !== values.only) continue;
    const judge = await judgeOf(language);
    if (!judge) {
      process.stderr.write(`${language}: not compared, there is no parser for it here\n`);
      continue;
    }
    await scopes.load(language);
    const own = sources.filter((source) => source.language === language);
    const onProgress = progressOf(language);
    tallies.set(language, await measure({ language, sources: own, judge, scopes, positions, seed, onProgress }));
    judge.stop();
  }
  scopes.dispose();
  report(tallies, await measureLongClass());
}

function progressOf(language: string): (tally: Tally) => void {
  let next = 0;
  return ({ code, blank, files }) => {
    if (code + blank < next) return;
    next = code + blank + positions / 10;
    process.stderr.write(`${language}: ${code + blank} lines of ${files} files\n`);
  };
}

function report(tallies: ReadonlyMap<string, Tally>, longClass: Awaited<ReturnType<typeof measureLongClass>>): void {
  const rows = [...tallies].map(([language, tally]) => rowOf(language, tally));
  if (values.json) {
    console.log(JSON.stringify({ rows, longClass }));
    return;
  }
  console.log(`${table(rows)}\n\nfind in a class of ${longClass.lines} lines\n${table([longClass])}`);
  for (const [language, { disagreements }] of tallies)
    for (const { place, finding } of disagreements.slice(0, show))
      console.log(`${language} ${place}\n  expected ${finding.expectedWords}\n  found    ${finding.words}`);
}
