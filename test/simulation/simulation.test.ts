// The laws of edits under way over the first 500 random schedules; and that the simulation would notice if they were broken. `npm run simulate` plays more.

import { afterEach, describe, expect, it } from 'vitest';
import { bugs } from './planted.ts';
import { missedSituations } from './situations.ts';
import { WorkerPool } from './worker-pool.ts';

const schedules = 500;
/** At most: most bugs show within a few. */
const bugSchedules = 10_000;

let pool: WorkerPool | undefined;
afterEach(async () => {
  await pool?.dispose();
  pool = undefined;
});

describe('edits under way', () => {
  it(`keep every law in ${schedules} schedules`, { timeout: 300_000 }, async () => {
    pool = await WorkerPool.create();
    const summary = await pool.play({ from: 1, count: schedules });
    const [first] = summary.failures;
    if (first) {
      const { small, trace } = await pool.tell(first.seed);
      const again = `npm run simulate -- --seed ${first.seed}`;
      expect.fail(`${summary.failures.length} break a law (${again})\n${JSON.stringify(small)}\n${trace.join('\n')}`);
    }
    expect(summary.played).toBe(schedules);
    expect(missedSituations(summary)).toEqual([]);
  });
});

describe.each(Object.entries(bugs))('planted: %s', (bug, { says, from = 1 }) => {
  it(`is found (${says})`, { timeout: 300_000 }, async () => {
    pool = await WorkerPool.create({ bug, threads: 1 });
    const { failures } = await pool.play({ from, count: bugSchedules, once: true });
    expect(failures, `no schedule of ${bugSchedules} broke a law`).not.toEqual([]);
  });
});
