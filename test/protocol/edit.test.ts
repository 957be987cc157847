// quickhand.edit: the exact contract of DESIGN.md §4.2, seen by a strict editor.

import { describe, expect, test } from 'vitest';
import { onlyChange } from '../client/only-change.ts';
import { inWorld, sharedWorld } from '../client/world.ts';
import {
  editAt,
  firstAfter,
  firstBefore,
  firstDone,
  firstHalf,
  firstParts,
  otherAfter,
  otherBefore,
  sampleText,
} from './samples.ts';
import { done, halfway } from './steps.ts';

const inShared = sharedWorld();

const [PART_1 = '', PART_2 = '', PART_3 = ''] = firstParts;

describe('an edit', () => {
  test('streams hunks into the buffer and tells of them in order', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]', { instruction: 'use at()' });
      const call = await model.next();
      expect(call.scope).toBe(firstBefore);
      expect(call.prompt).toMatch(/<instruction>use at\(\)<\/instruction>\s*$/);
      call.say(PART_1);
      await edit.hunk(1);
      expect(document.text).toBe(firstHalf);
      call.say(PART_2).say(PART_3).done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed', timing: { hunks: 2, rebases: 0 } });
      expect(document.text).toBe(firstDone);
      const kinds = edit.events.map(({ kind }) => kind).filter((kind) => kind !== 'report');
      expect(kinds).toEqual(['begin', 'hunk', 'hunk', 'end']);
      expect(edit.events[0]).toMatchObject({
        uri: document.uri,
        version: 1,
        instruction: 'use at()',
        lane: 'fast',
        range: { start: { line: 2, character: 0 }, end: { line: 8, character: 1 } },
      });
    }));

  test('answers with the id before anything else is told, and progress begins right after it', () =>
    inShared(async (world) => {
      const { client } = world;
      await done(world);
      const { transcript } = client.wire;
      const at = (pattern: RegExp) => transcript.findIndex((line) => pattern.test(line));
      const answer = at(/← .*"result":\{"editId"/);
      expect(answer).toBeGreaterThan(0);
      expect(at(/← .*"kind":"begin"/)).toBeGreaterThan(answer);
      expect(at(/← .*workDoneProgress\/create/)).toBeGreaterThan(answer);
      const [[token, progress] = []] = [...client.log.progress];
      expect(String(token)).not.toBe('');
      expect(progress?.[0]).toMatchObject({
        kind: 'begin',
        cancellable: true,
        title: expect.stringContaining('do it'),
      });
      expect(progress?.at(-1)).toMatchObject({ kind: 'end', message: expect.stringContaining('2 edits') });
    }));

  test('touches nothing that does not change', () =>
    inShared(async (world) => {
      const { client } = world;
      await done(world);
      const inserted = client.applyEdits.flatMap((params) => onlyChange(params).edits.map(({ newText }) => newText));
      expect(inserted.join('').length).toBeLessThanOrEqual('.at()End'.length);
    }));

  test('with wait, the answer is the end', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const answer = client.command('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      (await model.next()).answer(firstAfter);
      expect(await answer).toMatchObject({ outcome: 'completed', editId: expect.any(String), timing: { hunks: 2 } });
      expect(document.text).toBe(firstDone);
    }));

  test('a client that did not opt in gets no events, and all the rest', () =>
    inWorld({ initializationOptions: { events: false } }, async ({ client, model }) => {
      const document = client.open(sampleText);
      const answer = client.command('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      (await model.next()).answer(firstAfter);
      await answer;
      expect(client.log.events).toEqual([]);
      expect(document.text).toBe(firstDone);
    }));

  test('no change: completed, and nothing is sent', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer('<no-change/>');
      expect(await edit.end()).toMatchObject({ outcome: 'completed', timing: { hunks: 0 } });
      expect(client.applyEdits).toEqual([]);
    }));

  test('atomic: one edit at the end', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]', { delivery: 'atomic' });
      const call = await model.next();
      call.say(PART_1).say(PART_2);
      await client.command('quickhand.status', {});
      expect(client.applyEdits).toEqual([]);
      call.say(PART_3).done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(client.applyEdits).toHaveLength(1);
      expect(document.text).toBe(firstDone);
    }));

  test('with joined undo steps every hunk goes at once', () =>
    inWorld({ initializationOptions: { joinsUndo: true } }, async (world) => {
      const { document, edit, call } = await halfway(world);
      call.say(PART_2);
      await edit.hunk(2);
      expect(document.text).toBe(firstDone);
      call.say(PART_3).done();
      await edit.end();
    }));

  test('without them 60 hunks cost no more than 8 undo steps', () =>
    inShared(async ({ client, model }) => {
      const lines = Array.from({ length: 60 }, (_, i) => `  step${i}(${i});\n  mark('unique ${i} of many');\n`);
      const before = `export function many() {\n${lines.join('')}}`;
      const document = client.open(`${before}\n`);
      const edit = await client.edit(document, 'step3(', { instruction: 'count on' });
      const call = await model.next();
      const blocks = lines.map(
        (_, i) => `<<<<<<< SEARCH\n  step${i}(${i});\n=======\n  step${i}(${i} + 1);\n>>>>>>> REPLACE\n`,
      );
      for (const block of blocks) {
        call.say(block);
        await client.command('quickhand.status', {});
      }
      call.done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`${before.replace(/(step\d+)\((\d+)\)/g, '$1($2 + 1)')}\n`);
      expect(document.undoSteps).toBeLessThanOrEqual(8);
    }));
});

test('blocks in any order of position', () =>
  inWorld({ initializationOptions: { format: 'search-replace' } }, async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    const block = (search: string, replace: string) =>
      `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
    (await model.next()).answer(
      block('  return text;', '  return text + head;') +
        block('  const head = list[0];', '  const head = list.at(0);') +
        block('  const text = head.trim();', '  const text = head.trimEnd();'),
    );
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone.replace('return text;', 'return text + head;'));
    await edit.revert();
    await client.untilText(document, sampleText);
  }));

describe('several edits', () => {
  test('two scopes of one document side by side', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const one = await client.edit(document, 'list[0]');
      const first = await model.next();
      const two = await client.edit(document, 'value * 2');
      const second = await model.next();
      expect([first.scope, second.scope]).toEqual([firstBefore, otherBefore]);
      first.say(PART_1);
      await one.hunk(1);
      second.answer(otherAfter);
      expect(await two.end()).toMatchObject({ outcome: 'completed' });
      first.say(PART_2).say(PART_3).done();
      expect(await one.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone.replace(otherBefore, otherAfter));
      await two.revert();
      await client.untilText(document, firstDone);
    }));

  test('a newer one that overlaps always wins', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const old = await client.edit(document, 'list[0]');
      const first = await model.next();
      first.say(PART_1);
      await old.hunk(1);
      const young = await client.edit(document, 'list.at(0)');
      expect(await old.end()).toMatchObject({ outcome: 'superseded' });
      await first.untilHungUp();
      const second = await model.next();
      expect(second.scope).toBe(firstBefore.replace('list[0]', 'list.at(0)'));
      second.answer(firstAfter);
      expect(await young.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('a request that waits hears that a newer one took its place', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const first = client.command('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      await model.next();
      const second = client.command('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      expect(await first).toMatchObject({ outcome: 'superseded', reason: expect.any(String), timing: { hunks: 0 } });
      (await model.next()).answer(firstAfter);
      expect(await second).toMatchObject({ outcome: 'completed', timing: { hunks: 2 } });
      expect(document.text).toBe(firstDone);
    }));

  test('in two documents', () =>
    inShared(async ({ client, model }) => {
      const a = client.open(sampleText, { name: 'a.ts' });
      const b = client.open(sampleText, { name: 'b.ts' });
      const inA = await client.edit(a, 'list[0]');
      const first = await model.next();
      const inB = await client.edit(b, 'list[0]');
      const second = await model.next();
      second.answer(firstAfter);
      await inB.end();
      expect([a.text, b.text]).toEqual([sampleText, firstDone]);
      first.answer(firstAfter);
      await inA.end();
      expect(a.text).toBe(firstDone);
    }));
});
