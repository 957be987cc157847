// An editor that takes edits only for a moment after a command: what it does not take is offered, and nothing is lost or twice.

import { describe, expect, test } from 'vitest';
import { kate } from '../client/behaviours/kate.ts';
import type { EditHandle } from '../client/edit-handle.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { firstAfter, firstDone, firstHalf, firstParts, sampleText } from './samples.ts';
import { halfway } from './steps.ts';

const [, PART_2 = '', PART_3 = ''] = firstParts;
const lane = { provider: 'puppet', model: 'puppet' };
const lanes = { fast: lane, blocks: { ...lane, format: 'search-replace' } };
const apply = /does not apply the rest by itself: choose Apply.*quickhand\.approve/;

async function approve({ client }: World, { editId }: EditHandle): Promise<EditHandle> {
  const answer = await client.command<{ editId: string; outcome: string }>('quickhand.approve', { editId });
  expect(answer.outcome).toBe('approved');
  return client.handle(answer.editId);
}

/** The first hunk has landed, and the rest of a whole answer is offered. */
async function offered(world: World) {
  const underWay = await halfway(world);
  underWay.call.say(PART_2).say(PART_3).done();
  expect(await underWay.edit.end()).toMatchObject({ outcome: 'completed', state: 'offered', timing: { hunks: 1 } });
  await world.client.takeMessage(apply);
  expect(underWay.document.text).toBe(firstHalf);
  return underWay;
}

/** Nothing here takes a wait of seconds twice: each scenario has a server of its own, and they run side by side. */
describe.concurrent('an edit in Kate', () => {
  const inKate = (most: number, scenario: (world: World) => Promise<void>) =>
    inWorld({ behaviour: kate(most), initializationOptions: { lanes } }, scenario);

  test('a few refusals, and the rest of the answer is offered; applied, one revert undoes all of it', () =>
    inKate(1, async (world) => {
      const { client } = world;
      const { document, edit } = await offered(world);
      expect(client.applyEdits.length).toBeLessThan(8);
      const { start } = document.rangeOf('head.trim');
      const line = { start: { ...start, character: 0 }, end: { line: start.line + 1, character: 0 } };
      const titles = (await client.codeActions(document, line)).map(({ title }) => title);
      expect(titles.slice(0, 3)).toEqual(['Apply: do it', 'Revert: do it', 'Retry: do it']);
      const applied = await approve(world, edit);
      expect(await applied.end()).toMatchObject({ outcome: 'completed', state: 'draft' });
      expect(document.text).toBe(firstDone);
      await applied.revert();
      await client.untilText(document, sampleText);
    }));

  test('what had landed can be reverted without applying the rest', () =>
    inKate(1, async (world) => {
      const { document, edit } = await offered(world);
      expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
      await world.client.untilText(document, sampleText);
    }));

  test('an offer that is not taken either is offered again', () =>
    inKate(1, async (world) => {
      const { client } = world;
      const { document, edit } = await offered(world);
      world.client.behaviour.answered = () => {}; // this command opens nothing
      const again = await approve(world, edit);
      expect(await again.end()).toMatchObject({ outcome: 'completed', state: 'offered' });
      await client.takeMessage(apply);
      expect(document.text).toBe(firstHalf);
    }));

  test('an answer in blocks is offered as what is missing', () =>
    inKate(1, async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]', { lane: 'blocks' });
      const call = await model.next();
      call.say('<<<<<<< SEARCH\n  const head = list[0];\n=======\n  const head = list.at(0);\n>>>>>>> REPLACE\n');
      await edit.hunk(1);
      call.say(
        '<<<<<<< SEARCH\n  const text = head.trim();\n=======\n  const text = head.trimEnd();\n>>>>>>> REPLACE\n',
      );
      call.done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed', state: 'offered' });
      await client.takeMessage(apply);
      const applied = await approve(world, edit);
      expect(await applied.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('typing inside while nothing is taken ends it as ever', () =>
    inKate(1, async (world) => {
      const { document, edit, call } = await halfway(world);
      call.say(PART_2);
      await world.client.until('a refusal', () => world.client.applyEdits.length >= 2 || undefined);
      document.typeBefore('return text', 'x');
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled', state: 'draft' });
    }));
});

describe('a whole line as the range of a bare cursor', () => {
  const inShared = sharedWorld({ behaviour: kate(99) });

  test.each([
    ['its text', 0],
    ['its line break too', 1],
  ])('means the function around it: %s', (_name, more) =>
    inShared(async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const { start, end } = document.rangeOf('  const text = head.trim();');
      const range = { start, end: more === 0 ? end : { line: end.line + 1, character: 0 } };
      const [simplify] = (await client.codeActions(document, range)).filter(({ title }) => title === 'Simplify');
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', ...simplify!.command.arguments);
      const call = await model.next();
      expect(call.scope).toBe(firstAfter.replace('list.at(0)', 'list[0]').replace('trimEnd', 'trim'));
      call.answer('<no-change/>');
      await client.handle(editId).end();
    }),
  );

  test('finds the directive in it', () =>
    inShared(async ({ client }) => {
      const document = client.open(sampleText.replace('  const head', '  // ai: use at()\n  const head'));
      const { start } = document.rangeOf('  // ai');
      const line = { start, end: { line: start.line + 1, character: 0 } };
      expect((await client.codeActions(document, line)).map(({ title }) => title)).toContain('Do: use at()');
    }));
});
