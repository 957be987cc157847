// What models say, and what has to become of it: each file in cases/ in every form, over a wire by the seed, cut anywhere.

import { beforeAll, describe, expect, test } from 'vitest';
import type { AnswerCase } from './answer-case.ts';
import { ownCases } from './corpus.ts';
import { faultOf } from './judge.ts';
import { type Performance, playAll } from './play-all.ts';
import { unsoundState } from './sound-states.ts';
import { waysOf, wires } from './ways.ts';

const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);
const all = ownCases();
/** The benchmark plays each form over both wires. */
const oneWireEach = (one: AnswerCase) => {
  const wire = wires[(seed + all.indexOf(one)) % wires.length];
  const ways = waysOf(one);
  return ways.filter(
    (way) => way.wire === wire || ways.every(({ form, wire }) => form !== way.form || wire === way.wire),
  );
};
const kindOf = (id: string) => id.split('/')[0]!;

/** The cases of one folder are played together. */
describe.each([...new Set(all.map(({ id }) => kindOf(id)))])('a careful user would want of %s', (kind) => {
  const cases = all.filter(({ id }) => kindOf(id) === kind);
  const performances = new Map<string, Performance[]>();

  beforeAll(async () => {
    for (const performance of await playAll(cases, { seed, ways: oneWireEach })) {
      const { id } = performance.one;
      performances.set(id, [...(performances.get(id) ?? []), performance]);
    }
  });

  test.each(cases.map(({ id }) => id))('%s', async (id) => {
    const faults: string[] = [];
    for (const { one, way, played } of performances.get(id)!) {
      const unsound = await unsoundState(one, played);
      const fault = faultOf(one, played) ?? (unsound && `a state that does not parse:\n${unsound}`);
      if (fault !== undefined) faults.push(`${way.form} over ${way.wire}, ${played.chunks} chunks: ${fault}`);
    }
    expect(faults, `QUICKHAND_SEED=${seed}`).toEqual([]);
  });
});
