// quickhand.answer: what the model said, word for word, whatever has become of the edit.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { TestClient } from '../client/client.ts';
import { inWorld, sharedWorld } from '../client/world.ts';
import { firstAfter, firstParts, sampleText } from './samples.ts';

const inShared = sharedWorld();

const untilOpened = (client: TestClient, uri: string) =>
  client.until('the file is opened', () => client.opened.includes(uri));

test('of a rejected edit, opened from the menu', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    const said = `${firstAfter.replace('  return text;', '  return text;;;((;')}\n`;
    (await model.next()).answer(said);
    expect(await edit.end()).toMatchObject({ outcome: 'rejected' });
    await client.takeMessage(/pars/);
    const actions = await client.codeActions(document, document.rangeOf('list[0]'));
    const show = actions.find(({ title }) => title === 'Show the answer: do it')!.command;
    const { uri } = await client.command<{ uri: string }>(show.command, ...show.arguments);
    expect(uri).toMatch(/\/quickhand\/answers\/[\dTZ-]+-first\.txt$/);
    expect(readFileSync(fileURLToPath(uri), 'utf8')).toBe(said);
    expect(statSync(fileURLToPath(uri)).mode & 0o77).toBe(0);
    await untilOpened(client, uri);
  }));

test('of an edit that runs: what has come so far; before anything has, that is said', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    const call = await model.next();
    await expect(client.command('quickhand.answer', { editId: edit.editId })).rejects.toMatchObject({
      message: `editId: the model has said nothing yet for ${edit.editId}`,
    });
    call.say(firstParts[0]!);
    await edit.hunk(1);
    const { uri } = await client.command<{ uri: string }>('quickhand.answer', {});
    expect(readFileSync(fileURLToPath(uri), 'utf8')).toBe(firstParts[0]);
    await untilOpened(client, uri);
    call.say(firstParts[1]!).say(firstParts[2]!).done();
    await edit.end();
  }));

test('nothing in it can hide, and a retry has an answer of its own', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    (await model.next()).answer(firstAfter.replace('return text', "return '\u202e\u001b[2J'"));
    expect(await edit.end()).toMatchObject({ outcome: 'rejected' });
    await client.takeMessage(/invisible/);
    const { uri } = await client.command<{ uri: string }>('quickhand.answer', { editId: edit.editId });
    await untilOpened(client, uri);
    expect(readFileSync(fileURLToPath(uri), 'utf8')).toContain("return '\\u{202E}\\u{1B}[2J'");
    const again = await client.command<{ editId: string }>('quickhand.retry', { editId: edit.editId });
    (await model.next()).answer('<refuse>no</refuse>');
    await client.handle(again.editId).end();
    await client.takeMessage(/refused/);
    const second = await client.command<{ uri: string }>('quickhand.answer', again);
    await untilOpened(client, second.uri);
    expect(readFileSync(fileURLToPath(second.uri), 'utf8')).toBe('<refuse>no</refuse>');
  }));

test('an editor that shows no documents is told where it is; the newest twenty are kept', () =>
  inWorld({ capabilities: { window: { showDocument: { support: false } } } }, async ({ client, model }) => {
    const folder = join(client.folder, '.state/quickhand/answers');
    mkdirSync(folder, { recursive: true });
    const names = Array.from({ length: 30 }, (_, i) => `2020-01-01T00-00-${String(i).padStart(2, '0')}-000Z-old.txt`);
    for (const name of [...names, 'notes.txt']) writeFileSync(join(folder, name), 'x');
    const edit = await client.edit(client.open(sampleText), 'list[0]');
    (await model.next()).answer('<refuse>no</refuse>');
    await edit.end();
    await client.takeMessage(/refused/);
    const { uri } = await client.command<{ uri: string }>('quickhand.answer', {});
    const { message } = await client.takeMessage(/the answer is in /);
    expect(message).toContain(fileURLToPath(uri));
    const kept = readdirSync(folder).sort();
    expect(kept).toHaveLength(21);
    expect(kept).toContain('notes.txt');
    expect(kept[0]).toBe(names[11]);
  }));
