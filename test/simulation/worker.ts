// Plays schedules of one process or thread: seed by seed, and what has failed in detail.

import { parentPort } from 'node:worker_threads';
import type { Violation } from './oracle/oracle.ts';
import { createPlan, type Plan } from './plan.ts';
import { runSchedule } from './schedule.ts';
import { shrink } from './shrink.ts';
import { createWorld, rootOf } from './world.ts';

/** Seeds `from` up to `to`. */
export interface Batch {
  readonly from: number;
  readonly to: number;
}

export interface Failure {
  readonly seed: number;
  readonly editor: string;
  readonly violation: Violation;
}

export interface BatchResult {
  readonly played: number;
  readonly situations: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
}

/** One seed in detail; `small` is what is left of it when all that does not matter is gone. */
export interface Story {
  readonly seed: number;
  readonly violation: Violation | undefined;
  readonly small: Plan;
  readonly trace: readonly string[];
}

export type Job = { readonly play: Batch } | { readonly tell: number };

const world = await createWorld(rootOf(import.meta.url));

async function play({ from, to }: Batch): Promise<BatchResult> {
  const situations = new Map<string, number>();
  const failures: Failure[] = [];
  for (let seed = from; seed < to; seed++) {
    const plan = createPlan(seed);
    const { violation, situations: reached } = await runSchedule(plan, world);
    for (const [situation, times] of reached) situations.set(situation, (situations.get(situation) ?? 0) + times);
    if (violation) failures.push({ seed, editor: plan.editor, violation });
  }
  return { played: to - from, situations, failures };
}

async function tell(seed: number): Promise<Story> {
  const plan = createPlan(seed);
  const { violation } = await runSchedule(plan, world);
  const breaks = async (smaller: Plan) => (await runSchedule(smaller, world)).violation?.law === violation?.law;
  const small = violation ? await shrink(plan, breaks) : plan;
  const told = await runSchedule(small, world, { traced: true });
  return { seed, violation: told.violation, small, trace: told.trace };
}

parentPort?.on('message', async (job: Job) => {
  parentPort!.postMessage('play' in job ? await play(job.play) : await tell(job.tell));
});
