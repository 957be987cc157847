// Guardrails as the user meets them: the reason is said, what had landed is reverted, and the next edit works (DESIGN.md §7).

import { describe, expect, test } from 'vitest';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { firstAfter, firstBefore, firstDone, firstParts, sampleText } from './samples.ts';
import { halfway } from './steps.ts';

const inShared = sharedWorld();

/** Answers the next edit of \`first\` with something that must not get in, and the one after it with something sound. */
async function refuses({ client, model }: World, answer: string, reason: RegExp): Promise<void> {
  const document = client.open(sampleText);
  const edit = await client.edit(document, 'list[0]');
  (await model.next()).answer(answer);
  expect(await edit.end()).toMatchObject({
    outcome: 'rejected',
    reason: expect.stringMatching(reason),
    state: 'reverted',
  });
  await client.takeMessage(reason);
  await client.untilText(document, sampleText);
  const next = await client.edit(document, 'list[0]');
  (await model.next()).answer(firstAfter);
  expect(await next.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
}

const withLine = (line: string) => firstAfter.replace('  return text;', `${line}\n  return text;`);

describe('an answer that must not get in', () => {
  const cases: Record<string, [answer: string, reason: RegExp]> = {
    'a placeholder': [withLine('  // ... rest of the function unchanged'), /leaves code out/],
    'a fence in the middle': [withLine('```'), /fence|```/],
    'a bidirectional control': [withLine("  log('\u202eevil');"), /invisible character/],
    'a zero-width space': [withLine("  log('a\u200bb');"), /invisible character/],
    'a conflict marker': [withLine('<<<<<<< HEAD'), /marker|pars/],
    'a tag of the request': [withLine('</scope>'), /stray|tag/],
    'a polite closing': [`${firstAfter}\n\nI hope this helps! Let me know.`, /prose|pars/],
    'nothing but an explanation': ['You should use at() here, because it reads better.', /prose|pars/],
  };
  test.each(Object.entries(cases))('%s', (_name, [answer, reason]) =>
    inShared((world) => refuses(world, answer, reason)),
  );

  test('a scope that holds a key is not sent: the line is named', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText.replace("'first of the list'", `'sk-proj-${'a1B2c3D4'.repeat(4)}'`));
      const edit = await client.edit(document, 'list[0]');
      expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(/line 5/) });
      await client.takeMessage(/line 5/);
      expect(model.calls).toEqual([]);
    }));

  test('a key in what surrounds the scope is not sent', () =>
    inShared(async ({ client, model }) => {
      const key = `sk-proj-${'a1B2c3D4'.repeat(4)}`;
      const text = `import { log } from './log?key=${key}';\n\nexport function near(key = '${key}') {}\n\n${firstBefore}\n`;
      const edit = await client.edit(client.open(text), 'list[0]');
      const call = await model.next();
      expect(call.prompt).toContain('export function near(');
      expect(JSON.stringify(call.body)).not.toContain(key);
      call.answer('<no-change/>');
      await edit.end();
    }));
});

test('a joiner that a word is spelled with may come in', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    (await model.next()).answer(withLine("  log('می\u200cخواهم');"));
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toContain('می\u200cخواهم');
  }));

describe('bounds', () => {
  test('maxChangedLines', () =>
    inWorld({ initializationOptions: { guardrails: { maxChangedLines: 3 } } }, (world) =>
      refuses(world, withLine('  log(1);\n  log(2);'), /more than 3 lines.*maxChangedLines/),
    ));

  test('requireParse: false lets anything through that is code', () =>
    inWorld({ initializationOptions: { guardrails: { requireParse: false } } }, async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      const broken = firstBefore.replace('list[0];', 'list[0;');
      (await model.next()).answer(broken);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(sampleText.replace(firstBefore, broken));
    }));

  test('placeholders and invisible characters that are allowed', () =>
    inWorld(
      { initializationOptions: { guardrails: { placeholders: 'allow', invisibleCharacters: 'allow' } } },
      async ({ client, model }) => {
        const document = client.open(sampleText);
        const edit = await client.edit(document, 'list[0]');
        const after = withLine("  log('a\u200bb');");
        (await model.next()).answer(after);
        expect(await edit.end()).toMatchObject({ outcome: 'completed' });
        expect(document.text).toBe(sampleText.replace(firstBefore, after));
      },
    ));
});

test('what had landed of a refused answer is reverted', () =>
  inShared(async (world) => {
    const { document, edit, call } = await halfway(world);
    call.say('  // ... rest of the function unchanged\n').say(firstParts[2]!).done();
    expect(await edit.end()).toMatchObject({ outcome: 'rejected', timing: { hunks: 1 }, state: 'reverted' });
    await world.client.takeMessage(/leaves code out/);
    expect(document.text).toBe(sampleText);
  }));
