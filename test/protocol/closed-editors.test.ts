// Editors that take no edits at all, and those that show no progress: what is said, and when; what is still offered.

import { describe, expect, test } from 'vitest';
import { silent } from '../client/behaviours/silent.ts';
import { unknowing } from '../client/behaviours/unknowing.ts';
import type { TestDocument } from '../client/document.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { firstAfter, firstParts, sampleText } from './samples.ts';
import { begun, halfway } from './steps.ts';

const titles = async ({ client }: World, document: TestDocument) => {
  const { start } = document.rangeOf('list[0]');
  const actions = await client.codeActions(document, { start, end: start });
  return actions.map(({ title }) => title);
};

/** It is refused, in words, without a word from a model. */
async function refusedUnasked({ client, model }: World, document: TestDocument, why: RegExp): Promise<void> {
  const asked = model.calls.length;
  const edit = await client.edit(document, 'list[0]');
  expect(await edit.end()).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(why) });
  await client.takeMessage(why);
  expect(model.calls).toHaveLength(asked);
}

async function explains({ client, model }: World, document: TestDocument): Promise<void> {
  const { start } = document.rangeOf('list[0]');
  await client.command('quickhand.explain', {
    textDocument: { uri: document.uri },
    range: { start, end: start },
  });
  (await model.next()).answer('It does.');
  await client.until('the explanation', () => client.opened[0]);
}

describe('an editor that does not know workspace/applyEdit', () => {
  test('is asked once: it is said at once, the answer is not awaited, and no model is asked again', () =>
    inWorld({ behaviour: unknowing() }, async (world) => {
      const { client, model } = world;
      const { document, edit, call } = await begun(world);
      expect(await titles(world, document)).toContain('Simplify');
      call.say(firstParts[0]!);
      expect(await edit.end()).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/applyEdit/) });
      await client.takeMessage(/accepts no edits.*applyEdit/);
      await call.untilHungUp();
      expect(client.applyEdits).toHaveLength(1);
      await refusedUnasked(world, document, /accepts no edits/);
      const retried = await client.command<{ editId: string }>('quickhand.retry', { editId: edit.editId });
      expect(await client.handle(retried.editId).end()).toMatchObject({ outcome: 'failed' });
      await client.takeMessage(/accepts no edits/);
      expect([client.applyEdits.length, model.calls.length]).toEqual([1, 1]);
    }));

  test('gets the menu of what works without edits from then on', () =>
    inWorld({ behaviour: unknowing() }, async (world) => {
      const { document, edit, call } = await begun(world);
      call.answer(firstAfter);
      await edit.end();
      await world.client.takeMessage(/accepts no edits/);
      expect(await titles(world, document)).toEqual(['Explain']);
      await explains(world, document);
    }));
});

describe('an editor that says that it accepts no edits', () => {
  test('is told so before any model is asked, and its menu has what works without', () =>
    inWorld({ behaviour: silent(false) }, async (world) => {
      const document = world.client.open(sampleText);
      expect(await titles(world, document)).toEqual(['Explain']);
      await refusedUnasked(world, document, /accepts no edits.*workspace\.applyEdit: false/);
      expect(await titles(world, document)).toEqual(['Explain']);
      await explains(world, document);
    }));
});

describe('an editor that shows no progress', () => {
  const inShared = sharedWorld({ capabilities: { window: { showMessage: {} } } });

  test.each([
    ['typing in the region', ({ document }: Halfway) => document.typeBefore('head.trim', 'x'), /cancelled: you typed/],
    ['an answer that is cut', ({ call }: Halfway) => call.cutByLimit(), /failed: .*limit|failed: .*maxOutput/],
    ['a refusal', ({ call }: Halfway) => call.say('\u202e').done(), /rejected: /],
  ])('is told in words of an edit that ends early: %s', (_name, ends, words) =>
    inShared(async (world) => {
      const underWay = await halfway(world);
      await ends(underWay);
      expect((await underWay.edit.end()).outcome).not.toBe('completed');
      await world.client.takeMessage(words);
    }),
  );

  test('is told nothing of an end that its user asked for', () =>
    inShared(async (world) => {
      const { edit } = await halfway(world);
      await edit.cancel();
      expect((await edit.end()).outcome).toBe('cancelled');
    }));
});

type Halfway = Awaited<ReturnType<typeof halfway>>;
