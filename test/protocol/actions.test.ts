// Code actions: which ones are offered where, in which order, what they carry into the prompt, and how long the server takes for them.

import { describe, expect, test } from 'vitest';
import type { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import type { ReadyAction } from '../client/ready-action.ts';
import { sharedWorld, withClient } from '../client/world.ts';
import { firstAfter, firstDone, firstParts, sampleText } from './samples.ts';

const inShared = sharedWorld();

const sourceCode = `export function total(items: Item[]): number {
  let sum = 0;
  for (const item of items) sum += item.price;
  return sum;
}

export function average(items: Item[]): number {
  // TODO: no items
  return total(items) / items.length;
}

export function median(items: Item[]): number {
}

export async function load(): Promise<void> {
  let reply = await fetch('https://example.com/first');
  console.log('the first one came', reply.status);
  reply = await fetch('https://example.com/second');
  console.log('the second one came', reply.status);
}

export function report(): void {
  write('a long line that is written', 1);
  write('another line that is written', 2);
  write('a long line that is written', 1);
  write('another line that is written', 2);
}
`;

const titles = (actions: readonly ReadyAction[]) => actions.map(({ title }) => title);

const at = async (client: TestClient, document: TestDocument, mark: string, context = {}) => {
  const { start } = document.rangeOf(mark);
  return client.codeActions(document, { start, end: start }, context);
};

const diagnostic = (document: TestDocument, mark: string, message: string) => ({
  range: document.rangeOf(mark),
  message,
  source: 'ts',
  code: 2322,
  severity: 1,
});

describe('the actions that suit', () => {
  const cases: [string, string, string[]][] = [
    ['a plain function', 'let sum', ['Simplify', 'Handle errors', 'Make async', 'Add types', 'Document']],
    [
      'one with a TODO',
      'return total',
      ['Implement the TODO', 'Simplify', 'Handle errors', 'Make async', 'Add types', 'Document'],
    ],
    ['an empty one', 'function median', ['Implement the empty body', 'Add types', 'Document']],
    ['an async one', 'let reply', ['Simplify', 'Handle errors', 'Add types', 'Document']],
    [
      'one with duplicates',
      "write('another",
      ['Simplify', 'Extract duplicated code', 'Handle errors', 'Make async', 'Add types', 'Document'],
    ],
  ];
  test.each(cases)('%s', (_name, mark, expected) =>
    inShared(async ({ client }) => {
      const actions = await at(client, client.open(sourceCode), mark);
      expect(titles(actions).filter((title) => title !== 'Explain')).toEqual(expected);
      expect(new Set(actions.map(({ kind }) => kind))).toEqual(new Set(['refactor.rewrite']));
    }),
  );

  test('depend on the language', () =>
    inShared(async ({ client }) => {
      const document = client.open('def f(x):\n    return x\n', { name: 'a.py', languageId: 'python' });
      expect(titles(await at(client, document, 'return'))).toContain('Add types');
      const other = client.open('f() {\n  echo x\n}\n', { name: 'a.sh', languageId: 'shellscript' });
      expect(titles(await at(client, other, 'echo'))).not.toContain('Make async');
    }));

  test("the user's own stand behind the built-in ones, and a workspace's say where they come from", () =>
    withClient(
      { initializationOptions: { actions: [{ id: 'mine', title: 'Mine', instruction: 'x' }] } },
      async (client) => {
        const actions = titles(await at(client, client.open(sourceCode), 'let sum'));
        expect(actions.indexOf('Mine')).toBeGreaterThan(actions.indexOf('Document'));
      },
    ));

  test('one that does not suit can still be run by its id', () =>
    inShared(async ({ client, model }) => {
      const edit = await client.edit(client.open(sourceCode), 'let sum', { action: 'implement-todo' });
      const call = await model.next();
      expect(call.prompt).toMatch(/<instruction>Implement what the TODO/);
      call.answer('<no-change/>');
      await edit.end();
    }));

  test('a blank document has none', () =>
    inShared(async ({ client }) => {
      const document = client.open('\n\n');
      expect(await client.codeActions(document, document.fullRange)).toEqual([]);
    }));
});

describe('diagnostics in the context', () => {
  test('each has a fix, several in the scope one more, all before the rewrites', () =>
    inShared(async ({ client }) => {
      const document = client.open(sourceCode);
      const diagnostics = [diagnostic(document, 'let sum', 'no let'), diagnostic(document, 'item.price', 'no price')];
      const actions = await at(client, document, 'let sum', { diagnostics });
      expect(titles(actions).slice(0, 4)).toEqual([
        'Fix: no let',
        'Fix: no price',
        'Fix all problems here',
        'Simplify',
      ]);
      expect(actions.slice(0, 3).map(({ kind }) => kind)).toEqual(['quickfix', 'quickfix', 'quickfix']);
      expect(actions[1]?.diagnostics).toEqual([diagnostics[1]]);
      expect(actions.filter(({ isPreferred, edit }) => isPreferred !== undefined || edit !== undefined)).toEqual([]);
    }));

  test('those that overlap the scope are told to the model, with their lines', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sourceCode);
      const diagnostics = [
        diagnostic(document, 'item.price', "no 'price'\non Item"),
        diagnostic(document, 'return total', 'elsewhere'),
      ];
      const actions = await at(client, document, 'let sum', { diagnostics });
      const simplify = actions.find(({ title }) => title === 'Simplify')!.command;
      const { editId } = await client.command<{ editId: string }>(simplify.command, ...simplify.arguments);
      const call = await model.next();
      expect(call.prompt).toContain("line 3: no 'price' on Item (ts 2322)");
      expect(call.prompt).not.toContain('elsewhere');
      call.answer('<no-change/>');
      await client.handle(editId).end();
    }));

  test('what looks like a key in them is not', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sourceCode);
      const key = `sk-proj-${'a1B2c3D4'.repeat(4)}`;
      const edit = await client.edit(document, 'let sum', {
        diagnostics: [diagnostic(document, 'let sum', `"${key}" is not a number`)],
      });
      const call = await model.next();
      expect(call.prompt).toContain('[redacted]');
      expect(call.prompt).not.toContain(key);
      call.answer('<no-change/>');
      await edit.end();
    }));

  test('one that has no place any more is left out, one that is none is refused', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sourceCode);
      const gone = { message: 'gone', range: { start: { line: 900, character: 0 }, end: { line: 900, character: 1 } } };
      const edit = await client.edit(document, 'let sum', { diagnostics: [gone] });
      const call = await model.next();
      expect(call.prompt).not.toContain('gone');
      call.answer('<no-change/>');
      await edit.end();
      await expect(client.edit(document, 'let sum', { diagnostics: [{ message: 3 }] })).rejects.toThrow(
        'diagnostics[0]: expected a range and a message',
      );
      await expect(client.edit(document, 'let sum', { diagnostics: 'x' })).rejects.toThrow(
        'diagnostics: expected a list',
      );
    }));

  test('with a directive the lines are those that the model sees', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sourceCode.replace('  let sum', '  // ai: use reduce\n  let sum'));
      const diagnostics = [diagnostic(document, 'item.price', 'no price')];
      const [action] = await at(client, document, 'ai: use', { diagnostics });
      expect(action?.title).toBe('Do: use reduce');
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', ...action!.command.arguments);
      const call = await model.next();
      expect(call.prompt).toContain('line 3: no price');
      expect(call.scope.split('\n')[2]).toContain('item.price');
      call.answer('<no-change/>');
      await client.handle(editId).end();
    }));
});

describe('context.only', () => {
  const kinds = async (only: string[]) => {
    let found: string[] = [];
    await inShared(async ({ client }) => {
      const document = client.open(sourceCode);
      const actions = await at(client, document, 'let sum', {
        only,
        diagnostics: [diagnostic(document, 'let sum', 'x')],
      });
      found = [...new Set(actions.map(({ kind }) => kind))];
    });
    return found;
  };
  test.each([
    [['quickfix'], ['quickfix']],
    [['refactor'], ['refactor.rewrite']],
    [['refactor.rewrite'], ['refactor.rewrite']],
    [['source', 'refactor.extract', 'refactor.rewrite.else'], []],
    [[''], ['quickfix', 'refactor.rewrite']],
  ])('%j', async (only, expected) => expect(await kinds(only)).toEqual(expected));
});

describe('of an edit', () => {
  test('while it runs and afterwards', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      const call = await model.next();
      call.say(firstParts[0]!);
      await edit.hunk(1);
      const shown = async () => titles(await at(client, document, 'head')).filter((title) => title.endsWith(': do it'));
      expect(await shown()).toEqual(['Stop: do it', 'Keep: do it', 'Revert: do it', 'Retry: do it']);
      call.say(firstParts[1]!).say(firstParts[2]!).done();
      await edit.end();
      expect(await shown()).toEqual(['Keep: do it', 'Revert: do it', 'Retry: do it']);
      const [keep] = await at(client, document, 'head');
      await client.command(keep!.command.command, ...keep!.command.arguments);
      expect(await shown()).toEqual([]);
      expect(document.text).toBe(firstDone);
    }));

  test('none of one whose document was closed: nothing could be done to it', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(firstAfter);
      await edit.end();
      const shown = async (of: typeof document) =>
        titles(await at(client, of, 'head')).filter((title) => title.endsWith(': do it'));
      expect(await shown(document)).toEqual(['Keep: do it', 'Revert: do it', 'Retry: do it']);
      client.closeDocument(document);
      expect(await shown(client.open(sampleText))).toEqual([]);
    }));

  test('one that failed can be tried again', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer('<refuse>no</refuse>');
      await edit.end();
      await client.takeMessage(/refused/);
      const [retry] = await at(client, document, 'head');
      expect(retry?.title).toBe('Retry: do it');
      const { editId } = await client.command<{ editId: string }>(retry!.command.command, ...retry!.command.arguments);
      (await model.next()).answer(firstAfter);
      await client.handle(editId).end();
      expect(document.text).toBe(firstDone);
    }));
});
