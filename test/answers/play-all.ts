// Plays many cases in all their ways, some at a time.

import type { AnswerCase } from './answer-case.ts';
import { randomFrom } from './chunking.ts';
import { type Played, Stage } from './stage.ts';
import { type Way, waysOf } from './ways.ts';

export interface Performance {
  readonly one: AnswerCase;
  readonly way: Way;
  readonly played: Played;
}

interface PlayOptions {
  /** Of the chunks; each performance has numbers of its own, so that one alone is cut as it is among all. */
  readonly seed: number;
  /** Default: all that make sense. */
  readonly ways?: (one: AnswerCase) => readonly Way[];
  /** How many servers take turns. */
  readonly stages?: number;
}

/** In the order of `cases`. Throws with what a server said that no server may say. */
export async function playAll(
  cases: readonly AnswerCase[],
  { seed, ways = waysOf, stages = 4 }: PlayOptions,
): Promise<Performance[]> {
  const jobs = cases.flatMap((one) => ways(one).map((way) => ({ one, way })));
  const performances: Performance[] = [];
  const faults: string[] = [];
  let next = 0;
  const work = async () => {
    const stage = await Stage.open();
    try {
      for (let index = next++; index < jobs.length; index = next++) {
        const { one, way } = jobs[index]!;
        const random = randomFrom(seed ^ hashOf(`${one.id} ${way.form} ${way.wire}`));
        performances[index] = { one, way, played: await stage.play(one, way, random) };
      }
      faults.push(...stage.faults);
    } finally {
      await stage.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(stages, jobs.length) }, work));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return performances;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
