// What can be said of an edit that has ended: revert, keep, status (DESIGN.md §4.1).

import { describe, expect, test } from 'vitest';
import { unknowing } from '../client/behaviours/unknowing.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { firstAfter, firstDone, firstHalf, sampleText } from './samples.ts';
import { begun, done, halfway, type UnderWay } from './steps.ts';

const inShared = sharedWorld();

describe('afterwards', () => {
  test('revert brings back the exact text, and what the user typed elsewhere stays', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await done(world);
      document.typeBefore('import', '// mine\n');
      document.typeBefore('export function other', '// mine too\n');
      const sent = client.applyEdits.length;
      expect(await edit.revert()).toEqual({ editId: edit.editId, outcome: 'reverted' });
      await client.untilText(
        document,
        `// mine\n${sampleText.replace('export function other', '// mine too\nexport function other')}`,
      );
      expect(client.applyEdits).toHaveLength(sent + 1);
    }));

  test('a revert that the editor does not take is said, with the file', () =>
    inWorld({}, async (world) => {
      const { document, edit } = await done(world);
      world.client.behaviour.applyEdit = unknowing().applyEdit;
      await edit.revert();
      await world.client.takeMessage(/\.ts: the editor refused an edit: .*workspace\/applyEdit/);
      expect(document.text).toBe(firstDone);
    }));

  test('revert leaves a hunk alone that the user has changed since', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await done(world);
      document.typeAfter('list.a', 'XX');
      await edit.revert();
      await client.untilText(document, firstHalf.replace('list.at', 'list.aXXt'));
    }));

  test('revert of a running edit cancels it first', () =>
    inShared(async (world) => {
      const { document, edit } = await halfway(world);
      expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled' });
      expect(document.text).toBe(sampleText);
    }));

  const ends: [string, (underWay: UnderWay, world: World) => Promise<unknown>][] = [
    ['cancelled', ({ edit }) => edit.cancel()],
    ['failed', async ({ call }) => call.cut()],
    ['interrupted by typing', async ({ document }) => document.typeAfter("log('second", '!')],
    ['superseded', ({ document }, { client }) => client.edit(document, 'list.at(0)').then((newer) => newer.cancel())],
  ];
  test.each(ends)('one step reverts what had landed of an edit that was %s', (how, finish) =>
    inShared(async (world) => {
      const { client } = world;
      const underWay = await halfway(world);
      const { document, edit } = underWay;
      await finish(underWay, world);
      await edit.end();
      if (how === 'failed') await client.takeMessage(/cut off/);
      const sent = client.applyEdits.length;
      expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
      await client.until('the old text', () => document.text.includes('list[0]') || undefined);
      expect(document.text.replace('second!', 'second')).toBe(sampleText);
      expect(client.applyEdits).toHaveLength(sent + 1);
    }),
  );

  test('revert where nothing had landed is no error', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer('<no-change/>');
      await edit.end();
      expect(await edit.revert()).toEqual({ editId: edit.editId, outcome: 'unchanged' });
      expect(await client.command('quickhand.revert', {})).toMatchObject({ outcome: 'unchanged' });
    }));

  test('a second revert has nothing left to undo', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await done(world);
      await edit.revert();
      await client.untilText(document, sampleText);
      expect(await edit.revert()).toMatchObject({ outcome: 'unchanged' });
      expect(document.text).toBe(sampleText);
    }));

  test('keep says so and changes nothing', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await done(world);
      expect(await client.command('quickhand.keep', {})).toEqual({ editId: edit.editId, outcome: 'kept' });
      expect(document.text).toBe(firstDone);
    }));

  test('status tells of lanes, running edits and the last one', () =>
    inShared(async (world) => {
      const { client } = world;
      const { edit, call } = await begun(world);
      const running = await client.command('quickhand.status', {});
      expect(running).toMatchObject({
        running: [{ editId: edit.editId, state: 'draft', phase: expect.any(String), lane: 'fast' }],
        models: ['puppet/puppet'],
        lanes: { fast: { model: expect.stringContaining('puppet') } },
      });
      call.answer(firstAfter);
      await edit.end();
      expect(await client.command('quickhand.status')).toMatchObject({
        running: [],
        last: { editId: edit.editId, outcome: 'completed', timing: { hunks: 2 } },
      });
    }));
});
