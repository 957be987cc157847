// What reaches an editor for people to read holds nothing that can't be seen or would be obeyed, whoever said it, and is not endless.

import { describe, expect, test } from 'vitest';
import { findInvisible } from '../../server/text/invisible.ts';
import type { TestClient } from '../client/client.ts';
import { inWorld, sharedWorld } from '../client/world.ts';
import { sampleText } from './samples.ts';

const inShared = sharedWorld();

const evil = 'no\u001b]0;owned\u0007\u001b[2J\u202e\u200b\u009b31m';
/** As it is shown. */
const tamed = 'no\\u{1B}]0;owned\\u{7}\\u{1B}[2J\\u{202E}\\u{200B}\\u{9B}31m';

/** Messages, progress and events that the editor was sent so far. */
function check(client: TestClient): void {
  const told = client.wire.transcript.filter((line) => /←.*"method":"(?:window|\$)\//.test(line));
  const words = told.map((line) => JSON.parse(line.slice(line.indexOf('{'))));
  expect(words.length).toBeGreaterThan(0);
  for (const word of words) expect(findInvisible(JSON.stringify(word, unescaped))).toEqual([]);
}

/** JSON would hide what it escapes. */
const unescaped = (_: string, value: unknown) => {
  if (typeof value === 'string') expect(findInvisible(value)).toEqual([]);
  return value;
};

describe('a reason', () => {
  test('of a refusal: in the event, the message and the progress', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(`<refuse>${evil}</refuse>`);
      expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining(tamed) });
      expect((await client.takeMessage(/rejected/)).message).toContain(tamed);
      check(client);
    }));

  test('is no link: VS Code would run the command of one', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer('<refuse>[why](command:evil)</refuse>');
      expect((await edit.end()).reason).toContain('[why] (command:evil)');
      expect((await client.takeMessage(/rejected/)).message).toContain('[why] (command:evil)');
    }));

  test('of a megabyte is cut', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).say(`<refuse>${'x'.repeat(1_000_000)}</refuse>`).done();
      const { reason } = await edit.end();
      expect(reason!.length).toBeLessThanOrEqual(2000);
      const { message } = await client.takeMessage(/rejected/);
      expect(message.length).toBeLessThanOrEqual(2000);
      const status = await client.command<{ last: { reason: string } }>('quickhand.status', {});
      expect(status.last.reason.length).toBeLessThanOrEqual(2000);
    }));

  test('in the answer to who waits', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const { start } = document.rangeOf('list[0]');
      const order = { textDocument: { uri: document.uri }, position: start, instruction: 'x', wait: true };
      const answer = client.command('quickhand.edit', order);
      (await model.next()).answer(`<refuse>${evil}</refuse>`);
      expect(await answer).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining(tamed) });
      await client.takeMessage(/rejected/);
    }));
});

test('the title of a directive, of a diagnostic, of an instruction', () =>
  inShared(async ({ client, model }) => {
    const text = sampleText.replace('  const head', `  // ai: ${evil}\n  const head`);
    const document = client.open(text);
    const range = document.rangeOf('// ai: ');
    const diagnostics = [{ range, message: evil, source: evil }];
    const actions = await client.codeActions(document, range, { diagnostics });
    const titles = actions.flatMap(({ title, command }) => [title, command.title]);
    expect(titles).toContain(`Do: ${tamed}`);
    expect(titles).toContain(`Fix: ${tamed}`);
    expect(titles.flatMap((title) => findInvisible(title))).toEqual([]);
    const edit = await client.edit(document, 'list[0]', { instruction: evil });
    (await model.next()).answer('<no-change/>');
    await edit.end();
    check(client);
  }));

test('an error answer that quotes what it was sent', () =>
  inShared(async ({ client }) => {
    const document = client.open(sampleText);
    const bad = {
      textDocument: { uri: document.uri },
      position: { line: 1, character: 1 },
      instruction: 'x',
      lane: evil,
    };
    await expect(client.command('quickhand.edit', bad)).rejects.toMatchObject({
      message: expect.stringContaining(tamed),
    });
  }));

test('the name of a model and of a provider', () =>
  inWorld(
    { initializationOptions: { lanes: { fast: { provider: 'puppet', model: evil } } } },
    async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer('<no-change/>');
      await edit.end();
      expect(JSON.stringify(await client.command('quickhand.status', {}))).toContain(
        JSON.stringify(tamed).slice(1, -1),
      );
      check(client);
    },
  ));
