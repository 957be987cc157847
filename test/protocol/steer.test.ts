// quickhand.steer and quickhand.retry: redirecting an edit, refining it, asking again (DESIGN.md §4.1 and §5).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { inWorld, sharedWorld, type World, withClient } from '../client/world.ts';
import {
  correctedText,
  firstAfter,
  firstBefore,
  firstDone,
  firstHalf,
  firstParts,
  half,
  otherAfter,
  sampleText,
} from './samples.ts';
import { begun, done, goOn, halfway } from './steps.ts';

const inShared = sharedWorld();

/** An edit that has ended, and one that refined it. */
async function refined(world: World) {
  const { document, edit } = await done(world);
  const refinement = await goOn(world, 'steer', edit, { instruction: 'in upper case' });
  (await world.model.next()).answer(firstAfter.replace('return text;', 'return text.toUpperCase();'));
  await refinement.end();
  return { document, edit, refinement };
}

describe('a running edit is redirected', () => {
  test('without an id it is the one that runs', () =>
    inShared(async (world) => {
      const { edit } = await halfway(world);
      const corrected = await goOn(world, 'steer', undefined, { instruction: 'other words' });
      expect(await edit.end()).toMatchObject({ outcome: 'superseded' });
      (await world.model.next()).answer('<no-change/>');
      expect(await corrected.end()).toMatchObject({ outcome: 'completed' });
    }));

  test('before it has said anything: nothing is lost, and nothing of it comes', () =>
    inShared(async (world) => {
      const { document, edit, call } = await begun(world);
      const corrected = await goOn(world, 'steer', edit, { instruction: 'other words' });
      call.say(firstAfter);
      const next = await world.model.next();
      expect(next.scope).toBe(firstBefore);
      next.answer(firstBefore.replace('list[0]', 'list[1]'));
      expect(await corrected.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(sampleText.replace('list[0]', 'list[1]'));
    }));

  test('twice in a row: the last words count, whichever edit of the chain is named', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, edit } = await halfway(world);
      const second = await goOn(world, 'steer', edit, { instruction: 'second' });
      const third = await goOn(world, 'steer', edit, { instruction: 'third' });
      expect(await second.end()).toMatchObject({ outcome: 'superseded' });
      let next = await model.next();
      if (next.prompt.includes('<instruction>second')) next = await model.next();
      expect(next.prompt).toContain('<instruction>third</instruction>');
      next.answer(correctedText);
      expect(await third.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(sampleText.replace(firstBefore, correctedText));
      await edit.revert();
      await client.untilText(document, sampleText);
    }));

  test('an edit elsewhere goes on', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, edit } = await halfway(world);
      const other = await client.edit(document, 'value * 2');
      const otherCall = await model.next();
      const corrected = await goOn(world, 'steer', edit, { instruction: 'other words' });
      const next = await model.next();
      otherCall.answer(otherAfter);
      expect(await other.end()).toMatchObject({ outcome: 'completed' });
      next.answer('<no-change/>');
      expect(await corrected.end()).toMatchObject({ outcome: 'completed' });
    }));

  test('typing inside interrupts the correction too', () =>
    inShared(async (world) => {
      const { document, edit } = await halfway(world);
      const corrected = await goOn(world, 'steer', edit, { instruction: 'other words' });
      await world.model.next();
      document.typeAfter("log('second", '!');
      expect(await corrected.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/typ/) });
      expect(document.text).toBe(firstHalf.replace("log('second", "log('second!"));
    }));

  test('the time from the interruption to the first corrected hunk is in the ledger', () =>
    inWorld({}, async (world) => {
      const { client, model } = world;
      const { edit } = await halfway(world);
      const corrected = await goOn(world, 'steer', edit, { instruction: 'in upper case' });
      (await model.next()).answer(correctedText);
      await corrected.end();
      await client.shutdown();
      const lines = await readFile(join(client.folder, '.state', 'quickhand', 'edits.jsonl'), 'utf8');
      const entries = lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(entries).toContainEqual(expect.objectContaining({ editId: edit.editId, reaction: 'steered' }));
      const entry = entries.find(({ editId, outcome }) => editId === corrected.editId && outcome);
      expect(entry.interruptedToFirstHunkMs).toBe(entry.firstHunkMs);
      expect(entry).toMatchObject({ outcome: 'completed', inputTokens: 100, outputTokens: 50, hunks: 1 });
      expect(lines).not.toMatch(/upper|list|sample|toUpperCase/);
    }));
});

describe('an edit that has ended is refined', () => {
  test('with the conversation so far', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, edit } = await done(world);
      const refined = await goOn(world, 'steer', edit, { instruction: 'in upper case, please' });
      const call = await model.next();
      expect(call.scope).toBe(firstAfter);
      const turns = call.body.input as { role: string; content: { text: string }[] }[];
      expect(turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
      expect(turns[0]?.content[0]?.text).toContain('<instruction>do it</instruction>');
      expect(turns[1]?.content[0]?.text).toBe(firstAfter);
      call.answer(firstAfter.replace('return text;', 'return text.toUpperCase();'));
      expect(await refined.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone.replace('return text;', 'return text.toUpperCase();'));
      await refined.revert();
      await client.untilText(document, sampleText);
    }));

  test('a refinement that is refused leaves what it was to refine', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, edit } = await done(world);
      const refined = await goOn(world, 'steer', edit, { instruction: 'nonsense' });
      (await model.next()).answer('<refuse>that makes no sense</refuse>');
      expect(await refined.end()).toMatchObject({ outcome: 'rejected' });
      await client.takeMessage(/no sense/);
      expect(document.text).toBe(firstDone);
      await edit.revert();
      await client.untilText(document, sampleText);
    }));

  test('one that was cancelled goes on from what is there', () =>
    inShared(async (world) => {
      const { document, edit } = await halfway(world);
      await edit.cancel();
      await edit.end();
      const refined = await goOn(world, 'steer', edit, { instruction: 'go on' });
      const call = await world.model.next();
      expect(call.scope).toBe(half);
      call.answer(firstAfter);
      expect(await refined.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));
});

test('an edit that was refused is asked for again in other words, from the code as it was', () =>
  inShared(async (world) => {
    const { client, model } = world;
    const { document, edit, call } = await begun(world);
    call.answer('<refuse>which one?</refuse>');
    expect(await edit.end()).toMatchObject({ outcome: 'rejected' });
    await client.takeMessage(/which one/);
    const corrected = await goOn(world, 'steer', edit, { instruction: 'the first one' });
    const next = await model.next();
    expect(next.scope).toBe(firstBefore);
    next.answer(firstAfter);
    expect(await corrected.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone);
    await edit.revert();
    await client.untilText(document, sampleText);
  }));

test('a kept edit can still be reverted, refined and tried again', () =>
  inShared(async (world) => {
    const { client, model } = world;
    const { document, edit } = await done(world);
    await client.command('quickhand.keep', {});
    const refined = await goOn(world, 'steer', edit, { instruction: 'more' });
    (await model.next()).answer(firstAfter.replace('return text;', 'return text + text;'));
    await refined.end();
    const again = await goOn(world, 'retry');
    const call = await model.next();
    expect(call.scope).toBe(firstAfter);
    call.answer('<no-change/>');
    await again.end();
    expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
    await client.untilText(document, sampleText);
    expect(await edit.revert()).toMatchObject({ outcome: 'unchanged' });
  }));

test('what the user typed elsewhere in between stays through all of it', () =>
  inShared(async (world) => {
    const { client, model } = world;
    const { document, edit } = await halfway(world);
    document.typeBefore('import', '// one\n');
    const corrected = await goOn(world, 'steer', edit, { instruction: 'other words' });
    document.typeBefore('export function other', '// two\n');
    (await model.next()).answer(correctedText);
    await corrected.end();
    document.typeBefore('import', '// three\n');
    const again = await goOn(world, 'retry', corrected);
    document.typeBefore('export function other', '// four\n');
    (await model.next()).answer(correctedText);
    await again.end();
    const typed = (text: string) =>
      `// one\n// three\n${text.replace('export function other', '// two\n// four\nexport function other')}`;
    expect(document.text).toBe(typed(sampleText.replace(firstBefore, correctedText)));
    await again.revert();
    await client.untilText(document, typed(sampleText));
  }));

describe('retry', () => {
  test('of a running edit: it is superseded, and what had landed is reverted first', () =>
    inShared(async (world) => {
      const { model } = world;
      const { document, edit, call } = await halfway(world);
      const again = await goOn(world, 'retry', edit, { instruction: 'in other words' });
      expect(await edit.end()).toMatchObject({ outcome: 'superseded' });
      await call.untilHungUp();
      const next = await model.next();
      expect(next.scope).toBe(firstBefore);
      expect(next.prompt).toContain('<instruction>in other words</instruction>');
      next.answer(firstAfter);
      expect(await again.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('of a correction: the edit that it corrects stays', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, refinement } = await refined(world);
      const again = await goOn(world, 'retry', refinement);
      const call = await model.next();
      await client.untilText(document, firstDone);
      expect(call.scope).toBe(firstAfter);
      call.answer(firstAfter.replace('return text;', 'return text.toLocaleUpperCase();'));
      expect(await again.end()).toMatchObject({ outcome: 'completed' });
      await again.revert();
      await client.untilText(document, sampleText);
    }));

  test('of a correction, while all of it is being reverted: asked from the code before any of it', () =>
    inShared(async (world) => {
      const { client, model } = world;
      const { document, edit, refinement } = await refined(world);
      // While the user types nothing is sent for a moment.
      document.typeBefore('import', '// mine\n');
      const [, again] = await Promise.all([edit.revert(), goOn(world, 'retry', refinement)]);
      const call = await model.next();
      expect(call.scope).toBe(firstBefore);
      call.answer(firstAfter);
      expect(await again.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`// mine\n${firstDone}`);
      await again.revert();
      await client.untilText(document, `// mine\n${sampleText}`);
    }));

  test('of one that was cancelled: what had landed is reverted first', () =>
    inShared(async (world) => {
      const { document, edit } = await halfway(world);
      await edit.cancel();
      await edit.end();
      const again = await goOn(world, 'retry', edit);
      const call = await world.model.next();
      expect(call.scope).toBe(firstBefore);
      call.answer(firstAfter);
      expect(await again.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('of one that failed connects afresh', () =>
    inShared(async (world) => {
      const { document, edit, call } = await halfway(world);
      call.cut();
      expect(await edit.end()).toMatchObject({ outcome: 'failed' });
      await world.client.takeMessage(/cut off/);
      const again = await goOn(world, 'retry');
      (await world.model.next()).answer(firstAfter);
      expect(await again.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('in another lane', () => {
    const lanes = { fast: { provider: 'puppet', model: 'quick' }, slow: { provider: 'puppet', model: 'thorough' } };
    return inWorld({ initializationOptions: { lanes } }, async (world) => {
      const { edit, call } = await done(world);
      expect(call.body.model).toBe('quick');
      const again = await goOn(world, 'retry', edit, { lane: 'slow' });
      const next = await world.model.next();
      expect(next.body.model).toBe('thorough');
      next.answer('<no-change/>');
      expect(await again.end()).toMatchObject({ outcome: 'completed' });
    });
  });
});

describe('what is refused, and the edit goes on', () => {
  const cases: [string, 'steer' | 'retry', object, RegExp][] = [
    ['steer to an edit that does not exist', 'steer', { editId: 'edit-999', instruction: 'x' }, /editId/],
    ['retry of an edit that does not exist', 'retry', { editId: 'edit-999' }, /editId/],
    ['an id that is no string', 'steer', { editId: 1, instruction: 'x' }, /editId/],
    ['no instruction', 'steer', {}, /instruction/],
    ['a blank instruction', 'steer', { instruction: ' \n' }, /instruction/],
    ['an instruction that is a list', 'steer', { instruction: ['x'] }, /instruction/],
    ['an instruction that is a number', 'retry', { instruction: 3 }, /instruction/],
    ['an unknown lane', 'retry', { lane: 'no-such-lane' }, /lane/],
  ];
  test.each(cases)('%s', (_name, command, argument, message) =>
    inShared(async (world) => {
      const { document, edit, call } = await halfway(world);
      await expect(world.client.command(`quickhand.${command}`, argument)).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(message),
      });
      for (const part of firstParts.slice(1)) call.say(part);
      call.done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }),
  );

  test.each(['steer', 'retry'] as const)(
    '%s of an edit whose place a newer one has taken: that one goes on',
    (command) =>
      inShared(async (world) => {
        const { client, model } = world;
        const { document, edit } = await halfway(world);
        const newer = await client.edit(document, 'list.at(0)');
        const refused = {
          code: ErrorCodes.InvalidParams,
          message: `editId: ${edit.editId} was superseded by ${newer.editId}; name that one`,
        };
        await expect(goOn(world, command, edit, { instruction: 'x' })).rejects.toMatchObject(refused);
        expect(await edit.end()).toMatchObject({ outcome: 'superseded' });
        const call = await model.next();
        await expect(goOn(world, command, edit, { instruction: 'x' })).rejects.toMatchObject(refused);
        call.answer(firstAfter);
        expect(await newer.end()).toMatchObject({ outcome: 'completed' });
        expect(document.text).toBe(firstDone);
      }),
  );

  test.each(['steer', 'retry'] as const)('%s where there is no edit yet', (command) =>
    withClient({}, async (client) => {
      const refused = client.command(`quickhand.${command}`, { instruction: 'x' });
      await expect(refused).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(/no edit/),
      });
    }),
  );

  test.each(['steer', 'retry'] as const)('%s where the document was closed', (command) =>
    inShared(async (world) => {
      const { document, edit } = await done(world);
      world.client.closeDocument(document);
      await expect(goOn(world, command, edit, { instruction: 'x' })).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(/clos/),
      });
    }),
  );
});

describe('with the rehearsal model, which takes response.steer', () => {
  test('a running answer is redirected on its own socket', () =>
    withClient({}, async (client) => {
      const lines = Array.from({ length: 12 }, (_, i) => `  log('line ${i} of many that are said slowly');\n`);
      const text = `export function area(width: number) {\n  const size = width;\n${lines.join('')}  return size;\n}\n`;
      const document = client.open(text);
      const edit = await client.edit(document, 'const size', { instruction: 'slowly rename size to extent' });
      await edit.hunk(1);
      const { editId } = await client.command<{ editId: string }>('quickhand.steer', {
        editId: edit.editId,
        instruction: 'rename width to breadth',
      });
      expect(await edit.end()).toMatchObject({ outcome: 'superseded' });
      const corrected = client.handle(editId);
      expect(await corrected.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toContain('(breadth: number)');
      expect(document.text).not.toContain('width');
      await corrected.revert();
      await client.untilText(document, text);
      await client.takeMessage(/[Rr]ehearsal/);
    }));
});
