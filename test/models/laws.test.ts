// Whatever happens when: each answer has one end, none has another's text, and connections stay within bounds.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ScriptStep } from '../../server/rehearsal/script.ts';
import { type Answer, allWays, ask, endOf, pairOf, request } from './ask.ts';

const faults = ['close1006', 'reset', 'errorEvent', 'badJson', 'incomplete', 'connectionLimit', 'alien'] as const;

const step = fc.record({
  rate: fc.constantFrom(500, 5000, Number.POSITIVE_INFINITY),
  fault: fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 3 }),
  afterChunks: fc.nat(30),
});
/** When an edit is asked for and, perhaps, called off; in ms from the start. */
const edit = fc.record({ at: fc.nat(60), cancelAfter: fc.option(fc.nat(40), { nil: undefined }), step });
/** One that nothing happens to. Each schedule has one, so that no seed is without an answer that is complete. */
const calm = edit.map((each) => ({ ...each, cancelAfter: undefined, step: { ...each.step, fault: undefined } }));
const schedule = fc.tuple(calm, fc.array(edit, { maxLength: 29 })).map(([one, others]) => [one, ...others]);

it.each(allWays)('random schedules, $name', async (way) => {
  let complete = 0;
  await fc.assert(
    fc.asyncProperty(schedule, async (edits) => {
      // Each answer is made of its own number, so that a stray piece would show.
      const answer = ({ text }: { text: string }): ScriptStep => ({
        chunks: Array.from({ length: 30 }, () => `<${text}>`),
        ...edits[Number(text)]?.step,
      });
      const { provider, close } = await pairOf(way, { answer });
      const run = async (number: number): Promise<Answer> => {
        const { at, cancelAfter } = edits[number]!;
        await wait(at);
        const cancel = new AbortController();
        if (cancelAfter !== undefined) setTimeout(() => cancel.abort(), cancelAfter);
        return ask(provider, request(String(number)), { signal: cancel.signal });
      };
      const answers = await Promise.all(edits.map((_, number) => run(number)));
      for (const [number, each] of answers.entries()) {
        const whole = `<${number}>`.repeat(30);
        expect(whole.startsWith(each.text)).toBe(true);
        expect(each.events.filter(({ type }) => type === 'ended')).toHaveLength(1);
        if (endOf(each) !== 'complete') continue;
        complete++;
        expect(each.text).toBe(whole);
      }
      await close();
    }),
    { numRuns: 12 },
  );
  expect(complete).toBeGreaterThan(0);
});

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
