// Laws over random schedules, through a real server: any chunking gives the same text, and whatever the user types elsewhere at any moment
// stays. A failure prints its seed; QUICKHAND_SEED repeats it, QUICKHAND_LONG=1 runs many more.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lying } from '../client/behaviours/lying.ts';
import { rebasing } from '../client/behaviours/rebasing.ts';
import { replyFirst } from '../client/behaviours/reply-first.ts';
import { strict } from '../client/behaviours/strict.ts';
import { TestClient } from '../client/client.ts';
import { type Call, Puppet } from '../client/puppet.ts';
import type { World } from '../client/world.ts';
import { firstAfter, firstBefore, sampleText } from './samples.ts';

const runs = process.env.QUICKHAND_LONG ? 2000 : 40;
const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);

const pairs: [before: string, after: string][] = [
  [firstBefore, firstAfter],
  [
    'export function grow(a: number) {\n  if (a > 1) {\n    return a;\n  }\n  return 0;\n}',
    'export function grow(a: number) {\n  // not yet\n  const b = a;\n  if (b > 1) {\n    if (b > 2) {\n      return b;\n    }\n  }\n  return 0;\n}',
  ],
  [
    "export function faces() {\n  const one = '🙂';\n  const two = '🙂🙂';\n  return one + two;\n}",
    "export function faces() {\n  const two = '🙃🙂';\n  return two;\n}",
  ],
];

const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 30 });

test.concurrent('any chunking of an answer gives the same text', async () => {
  const model = await Puppet.start();
  const client = await TestClient.start({ initializationOptions: model.settings });
  let number = 0;
  const property = fc.asyncProperty(
    fc.constantFrom(...pairs),
    cuts,
    fc.boolean(),
    async ([before, after], at, crlf) => {
      const eol = (text: string) => (crlf ? text.replaceAll('\n', '\r\n') : text);
      const document = client.open(eol(`a();\n\n${before}\n\nb();\n`), { name: `chunks${number++}.ts` });
      const edit = await client.edit(document, 'export function');
      const call = await model.next();
      for (const chunk of cutAt(after, at)) call.say(chunk);
      call.done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(eol(`a();\n\n${after}\n\nb();\n`));
      client.closeDocument(document);
    },
  );
  await holds({ client, model }, property, runs);
});

/** One thing that happens: the model says `chars` more, or the user types before or behind the edited function; then a pause of some ms. */
const happening = fc.record({
  what: fc.constantFrom('model' as const, 'above' as const, 'below' as const, 'both' as const),
  chars: fc.integer({ min: 1, max: 60 }),
  pauseMs: fc.constantFrom(0, 0, 0, 1, 5, 20),
});

test.concurrent.each([
  ['strict', strict],
  ['lying', lying],
  ['reply first', replyFirst],
  ['rebasing', rebasing],
])(
  'whatever the user types elsewhere at any moment stays: %s',
  async (_name, behaviour) => {
    const model = await Puppet.start();
    const client = await TestClient.start({ behaviour: behaviour(), initializationOptions: model.settings });
    let number = 0;
    const property = fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
      const document = client.open(sampleText, { name: `typing${number++}.ts` });
      const edit = await client.edit(document, 'list[0]');
      const call = await model.next();
      const user = { above: '', below: '' };
      let said = 0;
      for (const { what, chars, pauseMs } of happenings) {
        if (what === 'model') said = say(call, firstAfter, said, said + chars);
        const letter = String.fromCharCode(97 + (chars % 26));
        for (const where of ['above', 'below'] as const) {
          if (what !== where && what !== 'both') continue;
          user[where] += letter;
          if (where === 'above') document.typeBefore('import', letter);
          else document.typeBefore('twice = value', letter);
        }
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      say(call, firstAfter, said, firstAfter.length);
      call.done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      const after = sampleText.replace(firstBefore, firstAfter).replace('twice = value', `${user.below}twice = value`);
      expect(document.text).toBe(user.above + after);
      client.closeDocument(document);
    });
    await holds({ client, model }, property, runs / 2);
  },
  120_000,
);

/** Does not look for a smaller case: every case runs in the same server, and one that failed may leave something behind. */
async function holds({ client, model }: World, property: fc.IAsyncProperty<unknown>, numRuns: number): Promise<void> {
  try {
    await fc.assert(property, { numRuns, seed, endOnFailure: true });
  } catch (error) {
    await client.dispose();
    throw new Error(`${error}\n${client.transcript}`, { cause: error });
  }
  await client.close();
  await model.close();
}

function say(call: Call, answer: string, from: number, to: number): number {
  if (to > from) call.say(answer.slice(from, to));
  return Math.min(to, answer.length);
}

function cutAt(text: string, at: readonly number[]): string[] {
  const points = [...new Set([0, ...at.map((point) => point % (text.length + 1)), text.length])].sort((a, b) => a - b);
  return points.slice(1).map((to, i) => text.slice(points[i], to));
}
