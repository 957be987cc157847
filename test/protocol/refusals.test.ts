// What is refused at once: InvalidParams with a message that names the field, and the next edit works (DESIGN.md §4.2).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import { Puppet } from '../client/puppet.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { firstAfter, firstDone, sampleText } from './samples.ts';

const inShared = sharedWorld();

const at = (line: unknown, character: unknown) => ({ line, character });
const range = (a: object, b: object) => ({ range: { start: a, end: b } });
const good = { position: at(3, 2), instruction: 'do it' };

const refusals: [string, Record<string, unknown>, RegExp][] = [
  ['a document that is not open', { ...good, textDocument: { uri: 'file:///not/open.ts' } }, /textDocument|not open/],
  ['no document', { ...good, textDocument: undefined }, /textDocument/],
  ['a document that is a string', { ...good, textDocument: 'x' }, /textDocument/],
  ['a uri that is a number', { ...good, textDocument: { uri: 7 } }, /textDocument\.uri/],
  ['neither range nor position', { instruction: 'do it' }, /range|position/],
  ['a negative line', { ...good, position: at(-1, 0) }, /position\.line/],
  ['a negative character', { ...good, position: at(0, -1) }, /position\.character/],
  ['a line past the last', { ...good, position: at(16, 0) }, /position\.line/],
  ['half a line', { ...good, position: at(1.5, 0) }, /position\.line/],
  ['a line that is a string', { ...good, position: at('1', 0) }, /position\.line/],
  ['a line that is missing', { ...good, position: { character: 0 } }, /position\.line/],
  ['a position that is null in a range', { ...good, range: { start: null, end: at(1, 0) } }, /range\.start/],
  ['a reversed range', { ...good, ...range(at(5, 0), at(4, 9)) }, /range/],
  ['a range reversed in its line', { ...good, ...range(at(5, 4), at(5, 3)) }, /range/],
  ['a range past the last line', { ...good, ...range(at(5, 4), at(99, 0)) }, /range\.end\.line/],
  ['no instruction', { position: at(3, 2) }, /instruction/],
  ['an empty instruction', { ...good, instruction: '  ' }, /instruction/],
  ['an instruction that is a number', { ...good, instruction: 7 }, /instruction/],
  ['an instruction that is null', { ...good, instruction: null }, /instruction/],
  ['an unknown action', { position: at(3, 2), action: 'no-such-action' }, /action/],
  ['an action that is a list', { position: at(3, 2), action: [] }, /action/],
  ['an unknown lane', { ...good, lane: 'no-such-lane' }, /lane/],
  ['a lane called like a member of every object', { ...good, lane: 'constructor' }, /lane/],
  ['an unknown scope', { ...good, scope: 'paragraph' }, /scope/],
  ['an unknown delivery', { ...good, delivery: 'pigeon' }, /delivery/],
  ['a wait that is a string', { ...good, wait: 'yes' }, /wait/],
];

describe('quickhand.edit', () => {
  let model: Puppet;
  let client: TestClient;
  let count = 0;
  beforeAll(async () => {
    model = await Puppet.start();
    client = await TestClient.start({ initializationOptions: model.settings });
  });
  afterAll(async () => {
    await client.close();
    await model.close();
  });

  test.each(refusals)('%s', async (_name, argument, message) => {
    const document = client.open(sampleText, { name: `refused${count++}.ts` });
    const asked = model.calls.length;
    const refused = client.command('quickhand.edit', { textDocument: { uri: document.uri }, ...argument });
    await expect(refused).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
      message: expect.stringMatching(message),
    });
    expect(model.calls).toHaveLength(asked);
    await nextEditWorks({ client, model }, document);
  });
});

describe('arguments that are no object', () => {
  test.each([[[]], [['x']], [[7]], [[[]]], [[null]], ['x'], [7]])('%j', (args) =>
    inShared(async ({ client }) => {
      client.open(sampleText);
      const params = { command: 'quickhand.edit', arguments: args };
      await expect(client.request('workspace/executeCommand', params)).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
      });
    }),
  );
});

describe('commands about an edit', () => {
  const names = ['cancel', 'keep', 'revert'];
  test.each(names)('%s: no edit to act on', (name) =>
    inWorld({}, async ({ client }) => {
      await expect(client.command(`quickhand.${name}`, {})).rejects.toMatchObject({ code: ErrorCodes.InvalidParams });
    }),
  );

  test.each(names)('%s: an id that does not exist, or is no string', (name) =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      await nextEditWorks({ client, model }, document);
      for (const editId of ['no-such-edit', '', 7, {}, []]) {
        const refused = client.command(`quickhand.${name}`, { editId });
        await expect(refused).rejects.toMatchObject({
          code: ErrorCodes.InvalidParams,
          message: expect.stringMatching(/editId/),
        });
      }
      expect(document.text).toBe(firstDone);
    }),
  );

  test('a cancel that asks for neither keeping nor reverting', () =>
    inShared(async ({ client, model }) => {
      await nextEditWorks({ client, model }, client.open(sampleText));
      await expect(client.command('quickhand.cancel', { revert: 'yes' })).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(/revert/),
      });
    }));
});

test('an unknown command names those that exist', () =>
  inShared(async ({ client }) => {
    for (const command of ['quickhand.dance', '', 'toString', 7, null]) {
      const refused = client.request('workspace/executeCommand', { command, arguments: [] });
      await expect(refused).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(/quickhand\.edit/),
      });
    }
  }));

test('a scope over guardrails.maxScopeLines', () =>
  inWorld({ initializationOptions: { guardrails: { maxScopeLines: 5 } } }, async ({ client, model }) => {
    const document = client.open(sampleText);
    await expect(client.edit(document, 'list[0]')).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
      message: expect.stringMatching(/maxScopeLines/),
    });
    const edit = await client.edit(document, 'value * 2');
    (await model.next()).answer('<no-change/>');
    await edit.end();
  }));

test('a scope over guardrails.maxScopeChars, for an edit, an explanation and a retry', () =>
  inWorld({ initializationOptions: { guardrails: { maxScopeChars: 300 } } }, async ({ client, model }) => {
    const minified = `function first() { ${'a();'.repeat(500)} }\n`;
    const refused = {
      code: ErrorCodes.InvalidParams,
      message: expect.stringMatching(
        /^scope: the function first has \d+ characters, .*guardrails\.maxScopeChars \(300\)/,
      ),
    };
    const document = client.open(minified);
    const place = { textDocument: { uri: document.uri }, position: at(0, 30) };
    await expect(client.edit(document, 'a();')).rejects.toMatchObject(refused);
    await expect(client.command('quickhand.explain', place)).rejects.toMatchObject(refused);
    expect(model.calls).toEqual([]);
    const grown = client.open(sampleText, { name: 'grown.ts' });
    const edit = await client.edit(grown, 'list[0]');
    (await model.next()).answer('<no-change/>');
    await edit.end();
    grown.typeBefore('const head', 'a();'.repeat(100));
    await expect(client.command('quickhand.retry', { editId: edit.editId })).rejects.toMatchObject(refused);
  }));

test('a character past the end of its line means that end (LSP)', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const params = { textDocument: { uri: document.uri }, position: at(3, 9999), instruction: 'do it' };
    const { editId } = await client.command<{ editId: string }>('quickhand.edit', params);
    (await model.next()).answer(firstAfter);
    expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone);
  }));

async function nextEditWorks({ client, model }: World, document: TestDocument) {
  const edit = await client.edit(document, 'list[0]');
  (await model.next()).answer(firstAfter);
  expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
}
