// The language of a document: as the editor says, or, where no grammar has that name, as the file's extension does. All that depends on it agrees.

import { describe, expect, test } from 'vitest';
import { sharedWorld, type World } from '../client/world.ts';

const actions = ['go', 'golang'].map((id) => ({ id, title: `in ${id}`, instruction: 'do it', languages: [id] }));
const inShared = sharedWorld({ initializationOptions: { actions } });

const go = 'package a\n\nfunc one() int {\n\treturn 1\n}\n';
const python = 'import a\n\n\ndef one():\n    return 1\n';
const javascript = 'import a from "a";\n\nfunction one() {\n  return 1;\n}\n';

/** An edit of the function whose answer does not parse: only a grammar of the right language finds both out. */
async function editsAs({ client, model }: World, opened: Opened, language: string): Promise<void> {
  const { text, ...named } = opened;
  const document = client.open(text, named);
  const edit = await client.edit(document, 'return');
  const call = await model.next();
  expect(call.scope).toBe(text.slice(text.search(/^(func|def)/m)).trimEnd());
  expect(call.prompt).toContain(`language="${language}"`);
  call.answer(call.scope.replace('return 1', 'return (1'));
  expect(await edit.end()).toMatchObject({
    outcome: 'rejected',
    reason: expect.stringMatching(/^the new text does not parse/),
  });
  await client.takeMessage(/does not parse/);
  const [[begin] = []] = [...client.log.progress.values()];
  expect(begin?.message).not.toMatch(/no grammar/);
}

interface Opened {
  readonly text: string;
  readonly name?: string;
  readonly uri?: string;
  readonly languageId: string;
}

describe('a document is in the language', () => {
  const known: Record<string, [opened: Opened, language: string]> = {
    'of its extension, for an id that nobody knows': [
      { text: go, uri: 'file:///x/main.go', languageId: 'golang' },
      'go',
    ],
    'of its extension, for a short id': [{ text: python, name: 'a.py', languageId: 'py' }, 'python'],
    'of its extension, for the id of a tool': [{ text: javascript, name: 'a.mjs', languageId: 'babel' }, 'javascript'],
    'of its extension, for an empty id': [{ text: python, name: 'b.py', languageId: '' }, 'python'],
    'of its extension in capitals': [{ text: go, name: 'MAIN.GO', languageId: 'Go' }, 'go'],
    'of its extension in a uri that is escaped, with a query': [
      { text: go, uri: 'file:///x/a%20b%2Ego?version=1.txt#end.py', languageId: 'golang' },
      'go',
    ],
    'of its extension, for a document that is no file': [{ text: go, uri: 'untitled:new.go', languageId: '' }, 'go'],
    'that the editor says, whatever the extension': [{ text: python, name: 'c.go', languageId: 'python' }, 'python'],
  };
  test.each(Object.entries(known))('%s', (_name, [opened, language]) =>
    inShared((world) => editsAs(world, opened, language)),
  );

  test('that the editor says, where nobody knows the extension either', () =>
    inShared(async ({ client, model }) => {
      const document = client.open('one\n\ntwo\n', { name: 'main.golang', languageId: 'golang' });
      const edit = await client.edit(document, 'two');
      const call = await model.next();
      expect(call.prompt).toContain('language="golang"');
      call.answer('2');
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      const [[begin] = []] = [...client.log.progress.values()];
      expect(begin?.message).toMatch(/golang has no grammar/);
    }));

  test('by which the settings choose its actions', () =>
    inShared(async ({ client }) => {
      const document = client.open(go, { name: 'd.go', languageId: 'golang' });
      const titles = (await client.codeActions(document, document.rangeOf('return'))).map(({ title }) => title);
      expect(titles).toContain('in go');
      expect(titles).not.toContain('in golang');
    }));
});

const java =
  'class A {\n  int one() {\n    return 1;\n  }\n\n  int two() {\n    int b = 2;\n    log("two");\n    return b;\n  }\n}\n';
const two = java.slice(java.indexOf('  int two'), java.indexOf('\n}\n'));
const opened = { name: 'A.java', languageId: 'java' };

describe('without a grammar', () => {
  test('an answer that loses a brace is refused, and says why', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(java, opened);
      const edit = await client.edit(document, 'return b', { range: document.rangeOf(two), scope: 'selection' });
      const call = await model.next();
      expect(call.scope).toBe(two);
      call.answer(two.replace('return b;', 'if (a) {\n      return b;\n    '));
      const reason = expect.stringMatching(/^the brackets, quotes or indentation of the new text do not go together/);
      expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason });
      await client.takeMessage(/do not go together/);
      expect(document.text).toBe(java);
      const [[begin] = []] = [...client.log.progress.values()];
      expect(begin?.message).toContain(
        'java has no grammar here, so only its brackets, quotes and indentation are checked',
      );
    }));

  test('the states on the way to a sound answer have their brackets', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(java, { ...opened, name: 'B.java' });
      const edit = await client.edit(document, 'return b', { range: document.rangeOf(two), scope: 'selection' });
      const answer = two
        .replace('two()', 'two(int a)')
        .replace('return b;', 'if (a > 1) {\n      return g(a);\n    }\n    return b;');
      const half = answer.indexOf('    }\n');
      const call = await model.next();
      call.say(answer.slice(0, half));
      await edit.hunk(1);
      call.say(answer.slice(half)).done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(java.replace(two, answer));
      const states = [...document.history.values()].map(({ text }) => text);
      expect(states.length).toBeGreaterThan(2);
      for (const state of states) expect([state, count(state, '{')]).toEqual([state, count(state, '}')]);
    }));
});

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
