// New code that streams into a place between two items, and what the user does meanwhile and afterwards.

import { describe, expect, test } from 'vitest';
import { sharedWorld } from '../client/world.ts';
import { insertAt, one, openMarked, three, two, typescript } from './insertion-steps.ts';

const inShared = sharedWorld();
const lanes = { fast: { provider: 'puppet', model: 'quick' }, deep: { provider: 'puppet', model: 'thorough' } };
const inDeep = sharedWorld({ initializationOptions: { lanes } });

describe('while it streams', () => {
  const first = 'const a = 1;\nconst b = 2;\n';
  const start = `${one}\n|\n${two}\n`;
  const typed = start.replace('|', '');

  test('typing in the neighbours disturbs nothing', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, start, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      call.say(`${first}const c = 3;\n`);
      await edit.hunk();
      document.typeAfter('return 1', '1');
      document.typeAfter('return 2', '2');
      document.typeAfter('return 11;\n}', ' // end');
      call.say('const d = 4;').done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      const around = (new_: string) =>
        typed.replace('return 1;\n}\n', `return 11;\n} // end\n${new_}`).replace('return 2', 'return 22');
      expect(document.text).toBe(around(`\n${first}const c = 3;\nconst d = 4;\n`));
      await edit.revert();
      await client.untilText(document, around(''));
    }));

  test('typing in what it has inserted interrupts it', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, start, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      call.say(`${first}const c = 3;\n`);
      await edit.hunk();
      document.typeAfter('const a', 'b');
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled' });
      await call.untilHungUp();
      expect(document.text).toContain('const ab = 1;');
    }));

  test.each([
    ['of one blank line', start],
    ['of several', `${one}\n\n|\n\n${two}\n`],
  ])('typing on the very line before anything has come interrupts it: %s', (_, marked) =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, marked, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      document.replace([{ from: at, to: at, insert: 'let x;' }]);
      const wanted = document.text;
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled' });
      await call.untilHungUp();
      expect(document.text).toBe(wanted);
    }),
  );

  test('a blank line more does not', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, start, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      document.typeBefore('\nfunction two', '\n');
      call.answer(three);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text.replace(/\n{2,}/g, '\n\n')).toBe(`${one}\n\n${three}\n\n${two}\n`);
    }));

  test('between several blank lines each state of it has one on each side, and typing on the next line joins no line of it', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, `${one}\n\n|\n\n${two}\n`, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      call.say(`${first}const c = 3;`);
      await edit.hunk();
      expect(document.text).toBe(`${one}\n\n${first}\n${two}\n`);
      document.typeBefore('\nfunction two', '// two');
      call.done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`${one}\n\n${first}const c = 3;\n// two\n${two}\n`);
      await edit.revert();
      await client.untilText(document, `${one}\n\n\n// two\n${two}\n`);
    }));

  test('a correction goes on from what there is, and keeps it apart from the rest', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, start, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      call.say(`${first}const c = 3;\n`);
      await edit.hunk();
      const steered = client.command<{ editId: string }>('quickhand.steer', {
        editId: edit.editId,
        instruction: 'with let',
      });
      const { editId } = await steered;
      const again = await model.next();
      expect(again.scope.trim()).toBe(first.trim());
      again.answer('let a = 1;\nlet b = 2;');
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`${one}\n\nlet a = 1;\nlet b = 2;\n\n${two}\n`);
      await client.handle(editId).revert();
      await client.untilText(document, typed);
    }));

  test('a retry asks for the empty place again', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, start, typescript);
      const edit = await insertAt(client, document, at);
      (await model.next()).answer(three);
      await edit.end();
      const { editId } = await client.command<{ editId: string }>('quickhand.retry', { editId: edit.editId });
      const again = await model.next();
      expect(again.scope).toBe('');
      again.answer('const three = 3;');
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`${one}\n\nconst three = 3;\n\n${two}\n`);
      await client.handle(editId).revert();
      await client.untilText(document, typed);
    }));

  test('a broken connection leaves sound code', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, start, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      call.say(`${first}const c = 3;\n`);
      await edit.hunk();
      call.cut();
      expect(await edit.end()).toMatchObject({ outcome: 'failed' });
      await client.takeMessage(/failed/);
      expect(document.text).toBe(`${one}\n\n${first}\n${two}\n`);
      await edit.revert();
      await client.untilText(document, typed);
    }));
});

test('in the deep lane new code is offered, and applied as it is', () =>
  inDeep(async ({ client, model }) => {
    const { document, at } = openMarked(client, `${one}\n|\n${two}\n`, typescript);
    const before = document.text;
    const edit = await insertAt(client, document, at, { lane: 'deep' });
    (await model.next()).answer(three);
    await edit.end();
    await client.takeMessage(/Apply or Discard/);
    expect(document.text).toBe(before);
    const applied = await client.command<{ editId: string }>('quickhand.approve', { editId: edit.editId });
    await client.handle(applied.editId).end();
    expect(document.text).toBe(`${one}\n\n${three}\n\n${two}\n`);
  }));
