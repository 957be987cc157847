// npm run simulate: many schedules, or one of them in detail. See README.md.

import { parseArgs } from 'node:util';
import { bugs } from './planted.ts';
import { missedSituations } from './situations.ts';
import type { Story } from './worker.ts';
import { type Summary, WorkerPool } from './worker-pool.ts';

const usage = `npm run simulate -- [--schedules N] [--from SEED] [--threads N] [--plant BUG]
npm run simulate -- --seed SEED [--plant BUG]
bugs: ${Object.keys(bugs).join(', ')}`;

/** From here on a run is long enough to tell what it has missed. */
const fewSchedules = 500;
/** Failures that are told one by one. */
const maxTold = 20;
/** Where no terminal shows it as it goes, how far it has come is said this often. */
const saidEveryMs = 60_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    schedules: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
    threads: { type: 'string' },
    plant: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function numberOf(text: string | undefined, name: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  console.error(`--${name}: expected a number, got ${text}\n${usage}`);
  process.exit(2);
}

function sayStory({ seed, violation, small, trace }: Story): void {
  const { actions, ...rest } = small;
  console.log(JSON.stringify({ ...rest, seed: undefined }));
  for (const { atMs, kind, ...details } of actions)
    console.log(`${atMs.toFixed(1).padStart(9)}  ${kind} ${JSON.stringify(details)}`);
  console.log(`\n${trace.join('\n')}\n`);
  if (violation) console.log(`seed ${seed} breaks “${violation.law}”: ${violation.message}`);
  else console.log(`seed ${seed} keeps every law`);
}

function saySummary({ played, situations, failures }: Summary, ms: number): void {
  for (const [situation, times] of [...situations].sort()) console.log(`${String(times).padStart(10)}  ${situation}`);
  for (const { seed, editor, violation } of failures.slice(0, maxTold)) {
    console.log(`seed ${seed} (${editor}) breaks “${violation.law}”: ${violation.message.slice(0, 300)}`);
  }
  const rate = (played / (ms / 1000)).toFixed(0);
  console.log(`${played} schedules in ${(ms / 1000).toFixed(1)} s (${rate} a second): ${failures.length} break a law`);
}

const pool = await WorkerPool.create({
  ...(values.plant !== undefined && { bug: values.plant }),
  ...(values.threads !== undefined && { threads: numberOf(values.threads, 'threads') }),
}).catch((error: Error) => {
  console.error(error.message);
  process.exit(2);
});

if (values.help) console.log(usage);
else if (values.seed !== undefined) {
  const story = await pool.tell(numberOf(values.seed, 'seed'));
  sayStory(story);
  process.exitCode = story.violation ? 1 : 0;
} else {
  const startMs = performance.now();
  process.once('SIGINT', () => pool.stop());
  const count = numberOf(values.schedules, 'schedules');
  let saidMs = startMs;
  const summary = await pool.play({ from: numberOf(values.from, 'from'), count }, ({ played, failures }) => {
    const rate = (played / ((performance.now() - startMs) / 1000)).toFixed(0);
    const line = `${played} of ${count}, ${rate} a second, ${failures.length} break a law`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line} \x1b[K`);
    else if (performance.now() - saidMs >= saidEveryMs) {
      saidMs = performance.now();
      console.error(line);
    }
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  saySummary(summary, performance.now() - startMs);
  const missed = values.plant === undefined && summary.played >= fewSchedules ? missedSituations(summary) : [];
  if (missed.length > 0) {
    console.log(`never reached: ${missed.join(', ')}`);
    process.exitCode = 1;
  }
  const [first] = summary.failures;
  if (first) {
    console.log(`\nseed ${first.seed}, made small (again: npm run simulate -- --seed ${first.seed}):`);
    sayStory(await pool.tell(first.seed));
    process.exitCode = 1;
  }
}
await pool.dispose();
