// The whole loop under every editor's behaviour: the laws of DESIGN.md §1 hold whatever the client does with an edit.

import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../client/behaviour.ts';
import { behaviours } from '../client/behaviours/all.ts';
import { silent } from '../client/behaviours/silent.ts';
import { strict } from '../client/behaviours/strict.ts';
import { unsent } from '../client/behaviours/unsent.ts';
import type { EditAnswer, TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { answerTo, kinds } from './kinds.ts';
import {
  correctedText,
  firstAfter,
  firstBefore,
  firstDone,
  firstHalf,
  firstParts,
  half,
  otherAfter,
  otherBefore,
  sampleText,
} from './samples.ts';
import { done, goOn, halfway } from './steps.ts';

const lane = { provider: 'puppet', model: 'puppet' };
const lanes = { fast: lane, deep: lane, blocks: { ...lane, format: 'search-replace' } };

const [PART_1 = '', PART_2 = '', PART_3 = ''] = firstParts;

interface Typing {
  readonly client: TestClient;
  readonly document: TestDocument;
  readonly racy: boolean;
}

const editors = behaviours.map(([name, behaviour]) => {
  const inEditor = sharedWorld({ behaviour: behaviour(), initializationOptions: { lanes } });
  return [name, { inEditor, racy: behaviour().racy }] as const;
});

/** Plays a scenario in every editor; in each one after the other, because they share its server. */
function everywhere(name: string, scenario: (world: World, racy: boolean) => Promise<void>): void {
  describe.concurrent(name, () => {
    test.each(editors)('%s', (_name, { inEditor, racy }) => inEditor((world) => scenario(world, racy)));
  });
}

everywhere('an edit, and back', async (world) => {
  const { client } = world;
  const { document, edit, call } = await halfway(world);
  expect(document.text).toBe(firstHalf);
  call.say(PART_2).say(PART_3).done();
  expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
  await edit.revert();
  await client.untilText(document, sampleText);
});

everywhere('all at once, several edits in one request', async ({ client, model }) => {
  const document = client.open(sampleText);
  const edit = await client.edit(document, 'list[0]', { delivery: 'atomic' });
  (await model.next()).answer(firstAfter);
  expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
});

everywhere('the user types above and below while it streams', async ({ client, model }, racy) => {
  const document = client.open(sampleText);
  document.typeBefore('import', '// a\n'); // Neovim checks no version before the first change
  const edit = await client.edit(document, 'list[0]');
  const call = await model.next();
  await typeBefore({ client, document, racy }, 'import', '// b\n');
  call.say(PART_1);
  await edit.hunk(1);
  await typeBefore({ client, document, racy }, ': number', ', more = 1');
  await typeBefore({ client, document, racy }, 'import', '// c\n');
  call.say(PART_2).say(PART_3).done();
  if (!racy) await typeBefore({ client, document, racy }, '// a', '// d\n');
  expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  const first = racy ? '' : '// d\n';
  expect(document.text).toBe(`${first}// a\n// b\n// c\n${firstDone.replace(': number', ', more = 1: number')}`);
});

everywhere('typing inside interrupts, and every character stays', async (world) => {
  const { document, edit, call } = await halfway(world);
  document.typeAfter("log('second", ' or third');
  expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/typ/) });
  await call.untilHungUp();
  expect(document.text).toBe(firstHalf.replace("log('second", "log('second or third"));
});

everywhere('undo stops the edit, and what was undone stays undone', async (world) => {
  const { document, edit, call } = await halfway(world);
  while (document.undoSteps > 0) document.undo();
  expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/und/) });
  await call.untilHungUp();
  expect(document.text).toBe(sampleText);
});

everywhere('cancel keeps what is there', async (world) => {
  const { client } = world;
  const { document, edit, call } = await halfway(world);
  expect(await edit.cancel()).toEqual({ editId: edit.editId, outcome: 'cancelled' });
  const sent = client.applyEdits.length;
  call.say(PART_2).say(PART_3).done();
  await edit.end();
  expect(client.applyEdits).toHaveLength(sent);
  expect(document.text).toBe(firstHalf);
});

everywhere('two edits side by side', async ({ client, model }) => {
  const document = client.open(sampleText);
  const one = await client.edit(document, 'list[0]');
  const first = await model.next();
  const two = await client.edit(document, 'value * 2');
  const second = await model.next();
  first.say(PART_1);
  second.say(otherAfter.slice(0, otherAfter.indexOf('return')));
  await Promise.all([one.hunk(1), two.hunk(1)]);
  second.say(otherAfter.slice(otherAfter.indexOf('return'))).done();
  first.say(PART_2).say(PART_3).done();
  expect(await one.end()).toMatchObject({ outcome: 'completed' });
  expect(await two.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone.replace(otherBefore, otherAfter));
});

everywhere('what had landed of an answer that is refused is reverted', async (world) => {
  const { document, edit, call } = await halfway(world);
  call.say('  // ... rest of the function unchanged\n').say(PART_3).done();
  expect(await edit.end()).toMatchObject({ outcome: 'rejected', state: 'reverted' });
  await world.client.takeMessage(/leaves code out/);
  expect(document.text).toBe(sampleText);
});

everywhere('an answer that is cut off leaves what had landed, and the next edit works', async (world) => {
  const { client, model } = world;
  const { document, edit, call } = await halfway(world);
  call.cut();
  expect(await edit.end()).toMatchObject({ outcome: 'failed' });
  await client.takeMessage(/cut off/);
  expect(document.text).toBe(firstHalf);
  const next = await client.edit(document, 'list.at(0)');
  (await model.next()).answer(firstAfter);
  expect(await next.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
});

everywhere('a newer edit of the same code supersedes', async (world) => {
  const { client, model } = world;
  const { document, edit, call } = await halfway(world);
  const newer = await client.edit(document, 'list.at(0)');
  expect(await edit.end()).toMatchObject({ outcome: 'superseded' });
  await call.untilHungUp();
  (await model.next()).answer(firstAfter);
  expect(await newer.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
});

everywhere('a cancel that reverts', async (world) => {
  const { document, edit, call } = await halfway(world);
  expect(await edit.cancel({ revert: true })).toMatchObject({ outcome: 'cancelled' });
  expect(await edit.end()).toMatchObject({ outcome: 'cancelled', state: 'reverted' });
  await call.untilHungUp();
  await world.client.untilText(document, sampleText);
});

everywhere('closing and opening again', async (world) => {
  const { client, model } = world;
  const { document, edit, call } = await halfway(world);
  client.closeDocument(document);
  expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/clos/) });
  await call.untilHungUp();
  const again = client.open(document.text);
  const next = await client.edit(again, 'list.at(0)');
  (await model.next()).answer(firstAfter);
  expect(await next.end()).toMatchObject({ outcome: 'completed' });
  expect(again.text).toBe(firstDone);
});

everywhere('a running edit is redirected: what is applied stays, and one revert undoes both', async (world) => {
  const { client, model } = world;
  const { document, edit, call } = await halfway(world);
  const corrected = await goOn(world, 'steer', edit, { instruction: 'and in upper case' });
  expect(corrected.editId).not.toBe(edit.editId);
  expect(await edit.end()).toMatchObject({ outcome: 'superseded' });
  await call.untilHungUp();
  expect(document.text).toBe(firstHalf);
  const next = await model.next();
  expect(next.scope).toBe(half);
  expect(next.prompt).toContain('<instruction>and in upper case</instruction>');
  expect(next.prompt).toMatch(/carried out in this scope before[^\n]*\ndo it\n/);
  next.answer(correctedText);
  expect(await corrected.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(sampleText.replace(firstBefore, correctedText));
  expect(await corrected.revert()).toMatchObject({ outcome: 'reverted' });
  await client.untilText(document, sampleText);
});

everywhere('retry reverts and asks again, and the edit that it took the place of stands for it', async (world) => {
  const { client, model } = world;
  const { document, edit } = await done(world);
  const again = await goOn(world, 'retry', edit);
  const call = await model.next();
  await client.untilText(document, sampleText);
  expect(call.scope).toBe(firstBefore);
  expect(call.prompt).toContain('<instruction>do it</instruction>');
  expect(call.body.input).toHaveLength(1);
  call.answer(correctedText);
  expect(await again.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(sampleText.replace(firstBefore, correctedText));
  // The edit that it took the place of stands for it.
  expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
  await client.untilText(document, sampleText);
});

everywhere('an import that is approved comes in, and goes with the edit', async ({ client, model }) => {
  const document = client.open(sampleText);
  const edit = await client.edit(document, 'list[0]');
  (await model.next()).answer(`<import>import { b } from './b';</import>\n${firstAfter}`);
  expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  await client.takeMessage(/proposed/);
  const item = "import { b } from './b';";
  expect(await client.command('quickhand.approve', { item })).toMatchObject({ outcome: 'approved' });
  await client.untilText(document, firstDone.replace("'./log';\n", `'./log';\n${item}\n`));
  await edit.revert();
  await client.untilText(document, sampleText);
});

everywhere('a directive goes with its edit, and comes back with it', async ({ client, model }) => {
  const text = sampleText.replace('  const text', '  // ai: trim the end only\n  const text');
  const document = client.open(text);
  const range = document.rangeOf('ai:');
  const [action] = await client.codeActions(document, range);
  const { editId } = await client.command<EditAnswer>('quickhand.edit', ...action!.command.arguments);
  (await model.next()).answer(firstAfter);
  expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
  await client.handle(editId).revert();
  await client.untilText(document, text);
});

everywhere('what the deep lane offers is applied where its code has moved to', async ({ client, model }) => {
  const document = client.open(sampleText);
  document.typeBefore('import', '// a\n'); // Neovim checks no version before the first change
  const edit = await client.edit(document, 'list[0]', { lane: 'deep' });
  (await model.next()).answer(firstAfter);
  expect(await edit.end()).toMatchObject({ outcome: 'completed', state: 'offered' });
  await client.takeMessage(/ready/);
  document.typeBefore('import', '// b\n');
  const { editId } = await client.command<EditAnswer>('quickhand.approve', { editId: edit.editId });
  expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(`// a\n// b\n${firstDone}`);
});

everywhere('documents of every make, in both formats and side by side: exact, and back', async ({ client, model }) => {
  const edits = [];
  for (const [name, kind] of Object.entries(kinds)) {
    for (const [format, lane] of [
      ['rewrite', 'fast'],
      ['search-replace', 'blocks'],
    ] as const) {
      const document = client.open(kind.text, { name: `${name} ${format}.ts` });
      const edit = await client.edit(document, 'log(', { lane });
      const call = await model.next();
      expect(call.scope).not.toContain('\r');
      call.answer(answerTo(call.scope, kind, format));
      edits.push({ document, edit, kind });
    }
  }
  for (const { document, edit, kind } of edits) {
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(kind.after);
    await edit.revert();
  }
  for (const { document, kind } of edits) await client.untilText(document, kind.text);
});

/** The user types; with an editor that puts an edit wherever its range happens to be, the server hears of it before anything else. */
async function typeBefore({ client, document, racy }: Typing, mark: string, text: string): Promise<void> {
  document.typeBefore(mark, text);
  if (racy) await client.command('quickhand.status', {});
}

describe('an editor that applies an edit to a text that it has not told of', () => {
  test.each([
    ['above', '// typed\n// and not told\n', 'import'],
    ['in front, in its own line', 'const more = 1; ', 'const text'],
  ])('what stands in the wrong place then is put right: %s', (_, typed, mark) =>
    inWorld({ behaviour: unsent() }, async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, mark === 'import' ? 'list[0]' : 'value * 2');
      const call = await model.next();
      document.typeBefore(mark, typed);
      const [before, after] = mark === 'import' ? [firstBefore, firstAfter] : [otherBefore, otherAfter];
      call.answer(after);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(sampleText.replace(before, after).replace(mark, `${typed}${mark}`));
    }),
  );
});

describe('an editor whose user is faster than the server', () => {
  /** It refuses the first edit; its user has typed `keys` by the time that the server reads of that. */
  function overtaken(keys: string): Behaviour {
    const behaviour = strict();
    let left = [...keys];
    return {
      ...behaviour,
      applyEdit(request, hands) {
        const typed = left;
        left = [];
        if (typed.length === 0) return behaviour.applyEdit(request, hands);
        request.answer(false, 'document has changed');
        for (const key of typed) request.document.typeBefore('import', key);
      },
    };
  }

  test('is sent no edit for a text behind which others wait to be read', () =>
    inWorld({ behaviour: overtaken('// typed\n') }, async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(firstAfter);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`// typed\n${sampleText.replace(firstBefore, firstAfter)}`);
      const versions = client.applyEdits.map(({ edit: { documentChanges } }) => documentChanges![0]);
      expect(versions.slice(0, 2)).toMatchObject([
        { textDocument: { version: 1 } },
        { textDocument: { version: 1 + '// typed\n'.length } },
      ]);
    }));
});

describe('editors that do not take edits', () => {
  test('one that never answers: the edit fails within seconds, and the next one is tried', () =>
    inWorld({ behaviour: silent(true) }, async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(firstAfter);
      expect(await edit.end()).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/editor/) });
      await client.takeMessage(/editor/);
      await unharmed(client, document);
    }));

  test('one that says that it can not: the edit fails, and no edit is ever sent', () =>
    inWorld({ behaviour: silent(false) }, async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      model.perhaps((call) => call.answer(firstAfter)); // whether it is asked at all is the server's affair
      expect(await edit.end()).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/editor|client/) });
      await client.takeMessage(/editor|client/);
      expect(client.applyEdits).toEqual([]);
      await unharmed(client, document);
    }));

  async function unharmed(client: TestClient, document: TestDocument): Promise<void> {
    expect(document.text).toBe(sampleText);
    expect(await client.command('quickhand.status', {})).toMatchObject({ running: [] });
  }
});
