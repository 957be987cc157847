// A document in which nothing stands is a place to write: the answer becomes its text.

import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { sharedWorld } from '../client/world.ts';

const inShared = sharedWorld();

const origin = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const languages = {
  typescript: ['a.ts', "import { x } from './x';\n\nexport function one() {\n  return x;\n}"],
  python: ['a.py', 'import os\n\n\ndef one():\n    return os.name'],
  go: ['a.go', 'package a\n\nfunc one() int {\n\treturn 1\n}'],
  lua: ['a.lua', 'local function one()\n  return 1\nend\n\nreturn one'],
  markdown: ['a.md', '# One\n\nText.'],
} as const;

describe.each(Object.entries(languages))('%s', (languageId, [name, code]) => {
  test.each([
    ['of no length', '', '\n'],
    ['of one line break', '\n', '\n'],
    ['of blank lines', '\n  \n\n\t\n', '\n'],
    ['of blank lines that end in CRLF', '\r\n\r\n', '\r\n'],
    ['of white space', '  ', '\n'],
  ])('a document %s', (_, text, eol) =>
    inShared(async ({ client, model }) => {
      const document = client.open(text, { name: `${text.length}${name}`, languageId });
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', {
        textDocument: { uri: document.uri },
        range: origin,
        instruction: 'write it',
      });
      const call = await model.next();
      expect(call.prompt).toContain('lines="1-1"');
      call.answer(code);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      const written = `${code}\n`.replaceAll('\n', eol);
      expect(document.text).toBe(written);
      await client.command('quickhand.revert', { editId });
      await client.untilText(document, text);
    }),
  );
});

test('whatever scope is asked for, and where the cursor is', () =>
  inShared(async ({ client, model }) => {
    for (const scope of ['auto', 'function', 'class', 'module', 'selection']) {
      const document = client.open('\n\n\n', { name: `${scope}.ts` });
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', {
        textDocument: { uri: document.uri },
        position: { line: 2, character: 0 },
        instruction: 'write it',
        scope,
      });
      (await model.next()).answer('const x = 1;\n');
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe('const x = 1;\n');
    }
  }));

test('nothing changes where the answer is nothing, or no code', () =>
  inShared(async ({ client, model }) => {
    for (const [answer, outcome] of [
      ['<no-change/>', 'completed'],
      ['function one( {', 'rejected'],
    ] as const) {
      const document = client.open('\n\n', { name: `${outcome}.ts` });
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', {
        textDocument: { uri: document.uri },
        range: origin,
        instruction: 'write it',
      });
      (await model.next()).answer(answer);
      expect(await client.handle(editId).end()).toMatchObject({ outcome });
      if (outcome === 'rejected') await client.takeMessage(/pars/);
      expect(document.text).toBe('\n\n');
    }
  }));

test('it can be written in the selection of all of it, and refined', () =>
  inShared(async ({ client, model }) => {
    const document = client.open('\n\n', { name: 'refined.ts' });
    const { editId } = await client.command<{ editId: string }>('quickhand.edit', {
      textDocument: { uri: document.uri },
      range: document.fullRange,
      instruction: 'write it',
    });
    (await model.next()).answer('const x = 1;');
    await client.handle(editId).end();
    const steered = await client.command<{ editId: string }>('quickhand.steer', { editId, instruction: 'two' });
    const call = await model.next();
    expect(call.prompt).toContain('const x = 1;');
    call.answer('const x = 2;');
    expect(await client.handle(steered.editId).end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe('const x = 2;\n');
  }));

test('there is nothing to explain', () =>
  inShared(async ({ client }) => {
    const document = client.open('', { name: 'nothing.ts' });
    await expect(
      client.command('quickhand.explain', { textDocument: { uri: document.uri }, range: origin }),
    ).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
      message: 'range: there is nothing to explain: the document is blank',
    });
  }));
