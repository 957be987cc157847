// Every way to stop an edit: nothing leaves after it, what is there stays, the model is hung up on (DESIGN.md §3).

import { describe, expect, test } from 'vitest';
import { LSPErrorCodes } from 'vscode-languageserver-protocol';
import type { TestClient } from '../client/client.ts';
import { inWorld, sharedWorld } from '../client/world.ts';
import { editAt, firstAfter, firstDone, firstHalf, firstParts, sampleText } from './samples.ts';
import { done, halfway } from './steps.ts';

const inShared = sharedWorld();

const [PART_1 = '', PART_2 = '', PART_3 = ''] = firstParts;

describe('cancel', () => {
  const ways: [string, RegExp, (world: { client: TestClient; editId: string }) => Promise<unknown>][] = [
    ['the command with its id', /./, ({ client, editId }) => client.command('quickhand.cancel', { editId })],
    ['the command without an id', /./, ({ client }) => client.command('quickhand.cancel', {})],
    ['the command without arguments', /./, ({ client }) => client.command('quickhand.cancel')],
    [
      'the progress of the editor',
      /./,
      async ({ client }) => {
        const [token] = [...client.log.progress.keys()];
        client.wire.notify('window/workDoneProgress/cancel', { token });
        await client.command('quickhand.status', {}); // read after the cancel
      },
    ],
    [
      'the code action Stop',
      /./,
      async ({ client }) => {
        const [document] = [...client.documents.values()];
        const actions = await client.codeActions(document!, document!.rangeOf('head'));
        const stop = actions.find(({ title }) => /^Stop/.test(title))?.command;
        await client.command(stop!.command, ...stop!.arguments!);
      },
    ],
  ];
  test.each(ways)(
    'by %s: nothing leaves after it, what is there stays, the model is hung up on',
    (_name, reason, cancel) =>
      inShared(async (world) => {
        const { client } = world;
        const { document, edit, call } = await halfway(world);
        await cancel({ client, editId: edit.editId });
        const sent = client.applyEdits.length;
        call.say(PART_2).say(PART_3).done();
        expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(reason) });
        await call.untilHungUp();
        expect(client.applyEdits).toHaveLength(sent);
        expect(document.text).toBe(firstHalf);
      }),
  );

  test('of the request that waits: -32800', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const { id, response } = client.startCommand('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      const call = await model.next();
      call.say(PART_1);
      await client.until('the hunk', () => (document.text === firstHalf ? true : undefined));
      client.wire.notify('$/cancelRequest', { id });
      await expect(response).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
      const sent = client.applyEdits.length;
      await call.untilHungUp();
      await client.command('quickhand.status', {});
      expect(client.applyEdits).toHaveLength(sent);
    }));

  test('of the request that does not wait has nothing left to reach', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const { id, response } = client.startCommand('quickhand.edit', editAt(document, 'list[0]'));
      const { editId } = (await response) as { editId: string };
      client.wire.notify('$/cancelRequest', { id });
      (await model.next()).answer(firstAfter);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
    }));

  test('and reverting: the text is exactly as before', () =>
    inShared(async (world) => {
      const { document, edit } = await halfway(world);
      expect(await edit.cancel({ revert: true })).toMatchObject({ editId: edit.editId, outcome: 'cancelled' });
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled' });
      expect(document.text).toBe(sampleText);
    }));

  test('of an ended edit answers how it ended', () =>
    inShared(async (world) => {
      const { document, edit } = await done(world);
      expect(await edit.cancel()).toEqual({ editId: edit.editId, outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('before the model was reached', () =>
    inShared(async ({ client }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      await edit.cancel();
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled', timing: { hunks: 0 } });
      expect(document.text).toBe(sampleText);
    }));
});

describe('endings by the editor', () => {
  test('shutting down: the edit ends before the answer', () =>
    inWorld({}, async (world) => {
      const { client } = world;
      const { edit } = await halfway(world);
      await client.shutdown();
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/shut/) });
    }));
});
