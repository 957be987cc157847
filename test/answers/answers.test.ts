// What models say, and what has to become of it: each file in cases/ in every format, over both wires, cut anywhere.

import { beforeAll, describe, expect, test } from 'vitest';
import { ownCases } from './corpus.ts';
import { faultOf } from './judge.ts';
import { type Performance, playAll } from './play-all.ts';
import { unsoundState } from './sound-states.ts';

const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);
const cases = ownCases();
const performances = new Map<string, Performance[]>();

beforeAll(async () => {
  for (const performance of await playAll(cases, { seed })) {
    const { id } = performance.one;
    performances.set(id, [...(performances.get(id) ?? []), performance]);
  }
});

describe('a careful user would want', () => {
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
