// The deep lane: an edit that works in the background and ends with an offer; and what is said where the fast lane has no room (DESIGN.md §6).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import type { TestDocument } from '../client/document.ts';
import type { ReadyAction } from '../client/ready-action.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { editAt, firstAfter, firstBefore, firstDone, otherAfter, otherBefore, sampleText } from './samples.ts';

const lanes = {
  fast: { provider: 'puppet', model: 'quick', maxScopeLines: 6 },
  deep: { provider: 'puppet', model: 'thorough' },
};
const actions = [{ id: 'ponder', title: 'Ponder', instruction: 'think about it', lane: 'deep' }];
const inShared = sharedWorld({ initializationOptions: { lanes, actions } });

const ready = /ready: choose Apply or Discard/;

/** An edit of the deep lane that has ended with its offer. */
async function offered({ client, model }: World) {
  const document = client.open(sampleText);
  const edit = await client.edit(document, 'list[0]', { lane: 'deep' });
  const call = await model.next();
  expect(call.body.model).toBe('thorough');
  call.answer(firstAfter);
  const end = await edit.end();
  await client.takeMessage(ready);
  return { document, edit, end };
}

const menu = async ({ client }: World, document: TestDocument, mark = 'const head') => {
  const { start } = document.rangeOf(mark);
  return client.codeActions(document, { start, end: start });
};
const titles = (offers: readonly ReadyAction[]) => offers.map(({ title }) => title);
const run = ({ client }: World, offers: readonly ReadyAction[], title: RegExp) => {
  const { command } = offers.find((offer) => title.test(offer.title))!;
  return client.command<{ editId: string; outcome: string }>(command.command, ...command.arguments);
};

describe('an edit of the deep lane', () => {
  test('ends with an offer: nothing is applied, and the menu and the events say so', () =>
    inShared(async (world) => {
      const { document, edit, end } = await offered(world);
      expect(end).toMatchObject({ outcome: 'completed', state: 'offered', timing: { hunks: 0 } });
      expect(document.text).toBe(sampleText);
      expect(world.client.applyEdits).toEqual([]);
      expect(titles(await menu(world, document)).slice(0, 3)).toEqual([
        'Apply: do it',
        'Discard: do it',
        'Retry: do it',
      ]);
      expect(await world.client.command('quickhand.status', {})).toMatchObject({
        last: { editId: edit.editId, state: 'offered' },
      });
    }));

  test('takes its directive out when it is applied, also when it was refined before', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText.replace('  const head', '  // ai: use at()\n  const head'));
      const { start } = document.rangeOf('use at()');
      const asked = {
        textDocument: { uri: document.uri },
        range: { start, end: start },
        directive: true,
        lane: 'deep',
      };
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', asked);
      (await model.next()).answer(firstAfter);
      expect(await client.handle(editId).end()).toMatchObject({ state: 'offered' });
      await client.takeMessage(ready);
      const steered = { editId, instruction: 'as it was' };
      const refined = await client.command<{ editId: string }>('quickhand.steer', steered);
      (await model.next()).answer(firstAfter);
      expect(await client.handle(refined.editId).end()).toMatchObject({ state: 'offered' });
      await client.takeMessage(ready);
      const applied = await client.command<{ editId: string }>('quickhand.approve', refined);
      expect(await client.handle(applied.editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('leaves the user alone meanwhile: typing elsewhere and other edits go on', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const deep = await client.edit(document, 'list[0]', { lane: 'deep' });
      const thinking = await model.next();
      document.typeBefore('import', '// mine\n');
      const quick = await client.edit(document, 'value * 2');
      (await model.next()).answer(otherAfter);
      expect(await quick.end()).toMatchObject({ outcome: 'completed' });
      thinking.answer(firstAfter);
      expect(await deep.end()).toMatchObject({ outcome: 'completed', state: 'offered' });
      await client.takeMessage(ready);
      const { editId } = await client.command<{ editId: string }>('quickhand.approve', { editId: deep.editId });
      await client.handle(editId).end();
      expect(document.text).toBe(`// mine\n${firstDone.replace(otherBefore, otherAfter)}`);
    }));

  test('is applied as one edit, and reverted in one step', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, edit } = await offered(world);
      const answer = await run(world, await menu(world, document), /^Apply/);
      expect(answer).toMatchObject({ outcome: 'approved' });
      const applied = client.handle(answer.editId);
      expect(await applied.end()).toMatchObject({ outcome: 'completed', state: 'draft', timing: { hunks: 1 } });
      expect(document.text).toBe(firstDone);
      expect(client.applyEdits).toHaveLength(1);
      expect(model.calls).toHaveLength(1);
      expect(titles(await menu(world, document)).slice(0, 3)).toEqual(['Keep: do it', 'Revert: do it', 'Retry: do it']);
      expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
      await client.untilText(document, sampleText);
    }));

  test('keeping it applies it', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await offered(world);
      expect(await client.command('quickhand.keep', {})).toEqual({ editId: edit.editId, outcome: 'kept' });
      await client.untilText(document, firstDone);
      await client.until('the end', () => client.log.events.filter(({ kind }) => kind === 'end')[1]);
    }));

  test('discarding it changes nothing, and it is offered no longer', () =>
    inShared(async (world) => {
      const { document, edit } = await offered(world);
      expect(await run(world, await menu(world, document), /^Discard/)).toMatchObject({ outcome: 'unchanged' });
      expect(titles(await menu(world, document))).not.toContain('Apply: do it');
      for (const command of ['approve', 'keep'])
        await expect(world.client.command(`quickhand.${command}`, { editId: edit.editId })).rejects.toMatchObject({
          code: ErrorCodes.InvalidParams,
          message: expect.stringMatching(/item|nothing to apply/),
        });
      expect(document.text).toBe(sampleText);
    }));

  test('does not fit any more once its code has changed: refused, and nothing is overwritten', () =>
    inShared(async (world) => {
      const { document, edit } = await offered(world);
      document.typeAfter("log('first", ' and best');
      expect(titles(await menu(world, document))).not.toContain('Apply: do it');
      for (const command of ['approve', 'keep'])
        await expect(world.client.command(`quickhand.${command}`, { editId: edit.editId })).rejects.toMatchObject({
          code: ErrorCodes.InvalidParams,
          message: expect.stringMatching(/changed since/),
        });
      expect(document.text).toBe(sampleText.replace("log('first", "log('first and best"));
    }));

  test('does not outlive its document', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await offered(world);
      client.closeDocument(document);
      const again = client.open(sampleText);
      expect(titles(await menu(world, again))).not.toContain('Apply: do it');
      for (const command of ['approve', 'keep'])
        await expect(client.command(`quickhand.${command}`, { editId: edit.editId })).rejects.toMatchObject({
          code: ErrorCodes.InvalidParams,
        });
      expect(again.text).toBe(sampleText);
    }));

  test('what is wrong with the answer is said as of any other, and nothing is offered', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]', { lane: 'deep' });
      (await model.next()).answer(firstBefore.replace('list[0];', 'list[0;'));
      expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(/pars/) });
      await client.takeMessage(/pars/);
      expect(titles(await menu(world, document))).not.toContain('Apply: do it');
    }));

  test('with nothing to change there is nothing to offer', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const edit = await client.edit(client.open(sampleText), 'list[0]', { lane: 'deep' });
      (await model.next()).answer('<no-change/>');
      expect(await edit.end()).toMatchObject({ outcome: 'completed', state: 'draft' });
    }));

  test('typing inside interrupts it', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]', { lane: 'deep' });
      const call = await model.next();
      document.typeAfter("log('first", '!');
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/typ/) });
      await call.untilHungUp();
    }));

  test('a refinement goes on from the offer that was not taken', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { edit } = await offered(world);
      const { editId } = await client.command<{ editId: string }>('quickhand.steer', {
        editId: edit.editId,
        instruction: 'shorter',
      });
      const call = await model.next();
      expect(call.body).toMatchObject({ model: 'thorough', input: [{ role: 'user' }, { role: 'assistant' }, {}] });
      expect(call.scope).toBe(firstBefore);
      call.answer(firstAfter);
      expect(await client.handle(editId).end()).toMatchObject({ state: 'offered' });
      await client.takeMessage(ready);
    }));

  test('goes on with offers once one was accepted', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, edit } = await offered(world);
      const { editId } = await client.command<{ editId: string }>('quickhand.approve', { editId: edit.editId });
      await client.handle(editId).end();
      const refined = await client.command<{ editId: string }>('quickhand.steer', { editId, instruction: 'shorter' });
      (await model.next()).answer(firstAfter.replace('return text;', 'return text + head;'));
      expect(await client.handle(refined.editId).end()).toMatchObject({ outcome: 'completed', state: 'offered' });
      await client.takeMessage(ready);
      expect(document.text).toBe(firstDone);
      const applied = await client.command<{ editId: string }>('quickhand.approve', { editId: refined.editId });
      await client.handle(applied.editId).end();
      expect(document.text).toBe(firstDone.replace('return text;', 'return text + head;'));
      await edit.revert();
      await client.untilText(document, sampleText);
    }));

  test('says which import it needs when it is accepted', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const edit = await client.edit(client.open(sampleText), 'list[0]', { lane: 'deep' });
      (await model.next()).answer(`<import>import { b } from './b';</import>\n${firstAfter}`);
      expect(await edit.end()).toMatchObject({ state: 'offered' });
      await client.takeMessage(ready);
      const { editId } = await client.command<{ editId: string }>('quickhand.approve', { editId: edit.editId });
      await client.handle(editId).end();
      await client.takeMessage(/proposed: import \{ b \}/);
    }));

  test.each(['stream', 'atomic'])('who asks for delivery "%s" gets it applied', (delivery) =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]', { lane: 'deep', delivery });
      (await model.next()).answer(firstAfter);
      expect(await edit.end()).toMatchObject({ outcome: 'completed', state: 'draft' });
      expect(document.text).toBe(firstDone);
    }),
  );

  test('an action of the deep lane is one too', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const { editId } = await run(world, await menu(world, document), /^Ponder$/);
      const call = await model.next();
      expect(call.body.model).toBe('thorough');
      expect(call.prompt).toContain('<instruction>think about it</instruction>');
      call.answer(firstAfter);
      expect(await client.handle(editId).end()).toMatchObject({ state: 'offered' });
      await client.takeMessage(ready);
    }));
});

test('what becomes of an offer is told of the edit that made it', () =>
  inWorld({ initializationOptions: { lanes } }, async (world) => {
    const { client } = world;
    const { document, edit } = await offered(world);
    const { editId } = await client.command<{ editId: string }>('quickhand.approve', { editId: edit.editId });
    await client.handle(editId).end();
    await client.handle(editId).revert();
    await client.untilText(document, sampleText);
    await client.shutdown();
    const ledger = await readFile(join(client.folder, '.state', 'quickhand', 'edits.jsonl'), 'utf8');
    const lines = ledger
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { editId: edit.editId, lane: 'deep', outcome: 'completed', outputTokens: 50 },
      { editId: edit.editId, reaction: 'reverted' },
    ]);
  }));

describe('where the fast lane has no room', () => {
  test('a scope over its bound is refused, and the deep lane is named', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      await expect(client.edit(document, 'list[0]', { lane: 'fast' })).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(/^scope: .*first has 7 lines.*lanes\.fast\.maxScopeLines \(6\).*lane "deep"/),
      });
      const edit = await client.edit(document, 'value * 2');
      (await model.next()).answer(otherAfter);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    }));

  test('so is a retry in the lane that has no room, and what was there stays', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await offered(world);
      await expect(client.command('quickhand.retry', { editId: edit.editId, lane: 'fast' })).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(/^scope: .*first has 7 lines.*lanes\.fast\.maxScopeLines \(6\).*lane "deep"/),
      });
      expect(titles(await menu(world, document))).toContain('Apply: do it');
    }));

  test('a retry is measured by what it asks about: what is reverted first does not count', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'value * 2');
      (await model.next()).answer(otherBefore.replace('{\n', '{\n  // one\n  // two\n  // three\n'));
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      const { editId } = await client.command<{ editId: string }>('quickhand.retry', { lane: 'fast' });
      const call = await model.next();
      expect(call.scope).toBe(otherBefore);
      call.answer(otherAfter);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
    }));

  test('the menu offers the deep one, by name', () =>
    inShared(async (world) => {
      const document = world.client.open(sampleText);
      const large = await menu(world, document);
      expect(titles(large)).toContain('Simplify (deep lane)');
      expect(titles(large)).toContain('Ponder');
      expect(titles(await menu(world, document, 'const twice'))).toContain('Simplify');
      const { editId } = await run(world, large, /^Simplify/);
      const call = await world.model.next();
      expect(call.body.model).toBe('thorough');
      call.answer('<no-change/>');
      await world.client.handle(editId).end();
    }));

  test('without a deep lane there is nothing to offer', () =>
    inWorld({ initializationOptions: { lanes: { fast: lanes.fast } } }, async (world) => {
      const document = world.client.open(sampleText);
      await expect(world.client.edit(document, 'list[0]')).rejects.toThrow(/maxScopeLines \(6\); select less$/);
      expect(await menu(world, document)).toEqual([]);
    }));

  test('an answer that was cut at its limit: said, and a retry in the deep lane is offered', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'value * 2');
      (await model.next()).say(otherBefore.slice(0, 60)).cutByLimit();
      expect(await edit.end()).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/limit.*"deep"/) });
      await client.takeMessage(/limit.*"deep"/);
      const offers = await menu(world, document, 'const twice');
      expect(titles(offers).slice(0, 2)).toEqual(['Retry in the deep lane: do it', 'Retry: do it']);
      const { editId } = await run(world, offers, /^Retry in/);
      const call = await model.next();
      expect(call.body.model).toBe('thorough');
      call.answer(otherAfter);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed', state: 'offered' });
      await client.takeMessage(ready);
    }));
});

test('a request that waits is answered at the offer', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const answer = client.command('quickhand.edit', editAt(document, 'list[0]', { lane: 'deep', wait: true }));
    (await model.next()).answer(firstAfter);
    expect(await answer).toMatchObject({ outcome: 'completed' });
    await client.takeMessage(ready);
    expect(document.text).toBe(sampleText);
  }));
