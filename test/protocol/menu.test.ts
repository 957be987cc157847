// The menu and the commands agree: what is offered is taken, and what would be refused is not offered.

import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import type { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import { inWorld, sharedWorld } from '../client/world.ts';
import { sampleText } from './samples.ts';

const inShared = sharedWorld();

const diagnosticAt = (document: TestDocument, mark: string) => ({
  range: document.rangeOf(mark),
  message: `about ${mark}`,
  severity: 1,
});

async function menu(client: TestClient, document: TestDocument, mark: string, diagnostics: unknown[] = []) {
  const { start } = document.rangeOf(mark);
  const actions = await client.codeActions(document, { start, end: start }, { diagnostics });
  return actions.map(({ title }) => title);
}

const key = 'sk-proj-a8Fk2mZ9qLw4XvT7bN1cR6yH3dJ5sG0e';

describe('nothing is offered that would be refused', () => {
  test.each([
    ['in a binary file', sampleText.replace('trim', '\0'), 'sample.ts'],
    ['in a file that is never sent', sampleText, 'secrets.ts'],
  ])('%s', (_, text, name) =>
    inShared(async ({ client }) => {
      const document = client.open(text, { name });
      expect(await menu(client, document, 'head', [diagnosticAt(document, 'head')])).toEqual([]);
    }),
  );

  test('of code with a key in it: neither there nor for a diagnostic in it', () =>
    inShared(async ({ client }) => {
      const document = client.open(sampleText.replace('list[0]', `list['${key}']`));
      const both = [diagnosticAt(document, 'head = '), diagnosticAt(document, 'value * 2')];
      expect(await menu(client, document, 'head = ', both)).toEqual(['Fix: about value * 2']);
      const elsewhere = await menu(client, document, 'value * 2', both);
      expect(elsewhere).toContain('Simplify');
      expect(elsewhere).not.toContain('Fix: about head = ');
    }));

  test('for a diagnostic behind the end of the document', () =>
    inShared(async ({ client }) => {
      const document = client.open(sampleText);
      const past = { line: 99, character: 0 };
      const gone = { range: { start: past, end: past }, message: 'gone', severity: 1 };
      expect(await menu(client, document, 'head', [gone])).not.toContain('Fix: gone');
    }));

  test('of a file that is too long, for the action that asks for the file', () => {
    const actions = [{ id: 'mine', title: 'Sort the file', instruction: 'sort', scope: 'module' }];
    return inWorld({ initializationOptions: { actions, guardrails: { maxScopeLines: 10 } } }, async ({ client }) => {
      const long = client.open(sampleText);
      const short = client.open(sampleText.slice(0, sampleText.indexOf('\n\nexport function other')), {
        name: 'short.ts',
      });
      expect(await menu(client, long, 'head')).toContain('Simplify');
      expect(await menu(client, long, 'head')).not.toContain('Sort the file');
      expect(await menu(client, short, 'head')).toContain('Sort the file');
    });
  });
});

describe('on a blank line between two functions', () => {
  const own = { id: 'mine', title: 'Add a test', instruction: 'add a test' };
  const blank = '\nexport function other';

  test('what needs code is not offered', () =>
    inWorld({ initializationOptions: { actions: [own] } }, async ({ client }) => {
      const document = client.open(sampleText);
      const { start } = document.rangeOf(blank);
      const problem = { range: { start, end: start }, message: 'too few blank lines', severity: 1 };
      expect(await menu(client, document, blank, [problem])).toEqual(['Add a test', 'Explain']);
    }));

  test('a comment that asks for code is', () =>
    inShared(async ({ client, model }) => {
      const wish = '\n// ai: add a function that returns three\n';
      const document = client.open(sampleText.replace(blank, `${wish}${blank}`));
      expect(await menu(client, document, 'ai:')).toContain('Do: add a function that returns three');
      const { start } = document.rangeOf('ai:');
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', {
        textDocument: { uri: document.uri },
        position: start,
        directive: true,
      });
      const call = await model.next();
      expect(call.scope).toBe('');
      expect(call.prompt).toMatch(/Right above the scope:\n[^<]*Right below the scope:\nexport function other/);
      call.answer('export const three = () => 3;');
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(sampleText.replace(blank, `\nexport const three = () => 3;\n${blank}`));
    }));

  test('an explanation is about the file', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const { start: position } = document.rangeOf(blank);
      await client.command('quickhand.explain', { textDocument: { uri: document.uri }, position });
      const call = await model.next();
      expect(call.scope).toBe(sampleText.trimEnd());
      call.answer('It logs.');
      await client.until('the end', () => client.explanations.find(({ kind }) => kind === 'end'));
    }));

  test('and is not offered where the file is long', () =>
    inWorld({ initializationOptions: { guardrails: { maxModuleLines: 5 } } }, async ({ client, model }) => {
      const document = client.open(sampleText);
      expect(await menu(client, document, blank)).toEqual([]);
      const { start: position } = document.rangeOf(blank);
      const asked = client.command('quickhand.explain', { textDocument: { uri: document.uri }, position });
      await expect(asked).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: 'range: there is nothing to explain on a blank line; choose some code',
      });
      expect(model.calls).toEqual([]);
    }));
});
