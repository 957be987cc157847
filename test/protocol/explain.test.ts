// quickhand.explain: a Markdown file about the code, opened when it is whole; interruptible and failing like an edit.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import { inWorld, sharedWorld } from '../client/world.ts';
import { firstBefore, sampleText } from './samples.ts';

const inShared = sharedWorld();

const about = (document: TestDocument, mark: string, more: object = {}) => ({
  textDocument: { uri: document.uri },
  position: document.rangeOf(mark).start,
  ...more,
});

const explain = async (client: TestClient, argument: object) => {
  const { explainId } = await client.command<{ explainId: string }>('quickhand.explain', argument);
  return explainId;
};

const end = (client: TestClient, id: string) =>
  client.until(`the end of ${id}`, () => client.explanations.find((e) => e.explainId === id && e.kind === 'end'));

/** The file that was opened. */
const opened = async (client: TestClient) => {
  const uri = await client.until('an opened document', () => client.opened.at(-1));
  return readFile(fileURLToPath(uri), 'utf8');
};

describe('an explanation', () => {
  test('streams, and is opened as a file when it is whole', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const id = await explain(client, about(document, 'list[0]', { question: 'Why trim?' }));
      const call = await model.next();
      expect(call.scope).toBe(firstBefore);
      expect(call.prompt).toMatch(/format="markdown"[\s\S]*<instruction>Why trim\?<\/instruction>$/);
      call.say('It takes ').say('the **first** one.').done();
      expect(await end(client, id)).toMatchObject({ outcome: 'completed', timing: { totalMs: expect.any(Number) } });
      const events = client.explanations;
      expect(events.map(({ kind }) => kind)).toEqual(['begin', 'text', 'text', 'end']);
      expect(events[0]).toMatchObject({
        explainId: id,
        uri: document.uri,
        version: 1,
        question: 'Why trim?',
        lane: 'fast',
      });
      expect(events.map(({ text = '' }) => text).join('')).toBe('It takes the **first** one.');
      expect(await opened(client)).toBe(
        '# first\n\n`sample.ts:3-9`\n\n> Why trim?\n\nIt takes the **first** one.\n\n---\n\nAnswered by puppet/puppet.\n',
      );
      expect(client.opened).toEqual([events.at(-1)?.file]);
      expect(client.applyEdits).toEqual([]);
    }));

  test('runs nothing: no HTML, no links, no images, in the stream and in the file; code stays', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const hostile = '<img src=x> [run](command:x) ![](http://evil.example/x.png)\u202e';
      const id = await explain(client, about(document, 'list[0]', { question: hostile }));
      const code = '```ts\nconst a: List<T> = b[0];\n```\n';
      const call = await model.next();
      for (const piece of `${hostile}\n\n${code}\n\`a<b>\``.match(/[\s\S]{1,3}/g)!) call.say(piece);
      call.done();
      await end(client, id);
      const streamed = client.explanations.map(({ text = '' }) => text).join('');
      const inert = '&lt;img src=x> \\[run](command:x) !\\[](http://evil.example/x.png)\\u{202E}';
      expect(streamed).toBe(`${inert}\n\n${code}\n\`a<b>\``);
      const file = await opened(client);
      expect(file).toContain(`\n> ${inert}\n`);
      expect(file).toContain(streamed);
      expect(file).not.toContain('<img');
    }));

  test('that does not come to an end is cut, and the model hung up on', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const id = await explain(client, about(document, 'list[0]'));
      const call = await model.next();
      for (let i = 0; i < 10; i++) call.say('word '.repeat(4000));
      expect(await call.untilHungUp()).toBe(true);
      expect(await end(client, id)).toMatchObject({ outcome: 'completed', reason: expect.stringMatching(/cut off/) });
      const streamed = client.explanations.map(({ text = '' }) => text).join('');
      expect(streamed.length).toBeLessThan(65_000);
      expect(streamed).toMatch(/word \n\n\*\(the explanation was cut off: [^\n]*\)\*$/);
      expect(await opened(client)).toContain(streamed);
      const lines = await explain(client, about(document, 'list[0]'));
      (await model.next()).answer('- x\n'.repeat(5000));
      expect(await end(client, lines)).toMatchObject({
        outcome: 'completed',
        reason: expect.stringMatching(/cut off/),
      });
    }));

  test('needs no question; shows progress that can be cancelled', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const id = await explain(client, about(document, 'list[0]'));
      const call = await model.next();
      expect(call.prompt).toMatch(/<instruction>Explain this code\.<\/instruction>$/);
      call.answer('It does.');
      await end(client, id);
      const [[, progress] = []] = [...client.log.progress];
      await client.until('the end of the progress', () => progress?.some(({ kind }) => kind === 'end') || undefined);
      expect(progress?.[0]).toMatchObject({ kind: 'begin', cancellable: true, title: 'Quickhand: explain first' });
      expect(progress?.at(-1)).toMatchObject({ kind: 'end', message: expect.stringMatching(/^explained in \d+ ms$/) });
    }));

  test('of a pasted stack trace, by the code action, with the diagnostics there', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const range = document.rangeOf('head.trim()');
      const diagnostics = [{ range, message: 'head may be missing', source: 'ts' }];
      const actions = await client.codeActions(document, range, { diagnostics });
      const action = actions.at(-1)!;
      expect([action.title, action.kind]).toEqual(['Explain', 'refactor.rewrite']);
      const trace = 'RangeError: x\n  at first (sample.ts:6:15)';
      const [argument] = action.command.arguments as object[];
      const id = await explain(client, { ...argument, question: trace });
      const call = await model.next();
      expect(call.prompt).toContain(trace);
      expect(call.prompt).toContain('line 6: head may be missing (ts)');
      call.answer('`head` may be missing.');
      await end(client, id);
      expect(await opened(client)).toContain('> RangeError: x\n>   at first (sample.ts:6:15)');
    }));

  test("in Helix's form", () =>
    inShared(async ({ client, model }) => {
      client.open(sampleText, { name: 'sample.ts' });
      const place = { path: 'sample.ts', line: 4, sel: [4, 4] };
      const sent = await client.command<{ explainId: string }>('quickhand.explain', place, 'Why trim?');
      const call = await model.next();
      expect([call.scope, call.prompt]).toEqual([firstBefore, expect.stringContaining('<instruction>Why trim?<')]);
      call.answer('It trims.');
      await end(client, sent.explainId);
      expect(await opened(client)).toContain('It trims.');
    }));

  test('a client that did not opt in gets the file alone', () =>
    inWorld({ initializationOptions: { events: false } }, async ({ client, model }) => {
      await explain(client, about(client.open(sampleText), 'list[0]'));
      (await model.next()).answer('It does.');
      expect(await opened(client)).toContain('It does.');
      expect(client.explanations).toEqual([]);
    }));

  test('an editor that can not show a document is told where it is', () =>
    inWorld({ capabilities: { window: { workDoneProgress: true } } }, async ({ client, model }) => {
      await explain(client, about(client.open(sampleText), 'list[0]'));
      (await model.next()).answer('It does.');
      const { message } = await client.takeMessage(/explanation is in \//);
      expect(await readFile(message.slice(message.indexOf('/')), 'utf8')).toContain('It does.');
      expect(client.opened).toEqual([]);
    }));

  test('the newest fifty are kept, and nothing else is touched', () =>
    inWorld({}, async ({ client, model }) => {
      const folder = join(client.folder, '.state/quickhand/explanations');
      await mkdir(folder, { recursive: true });
      const names = Array.from({ length: 60 }, (_, i) => `2020-01-01T00-00-${String(i).padStart(2, '0')}-000Z-old.md`);
      await Promise.all([...names, 'notes.md'].map((name) => writeFile(join(folder, name), 'x')));
      const id = await explain(client, about(client.open(sampleText), 'list[0]'));
      (await model.next()).answer('It does.');
      await end(client, id);
      await opened(client);
      const kept = (await readdir(folder)).sort();
      expect(kept).toHaveLength(51);
      expect(kept[0]).toBe(names[11]);
      expect(kept).toContain('notes.md');
    }));
});

describe('stopping it', () => {
  const ways: [string, (client: TestClient, id: string) => Promise<unknown>][] = [
    [
      'cancel with its id',
      async (client, editId) =>
        expect(await client.command('quickhand.cancel', { editId })).toEqual({ editId, outcome: 'cancelled' }),
    ],
    ['cancel without an id', (client) => client.command('quickhand.cancel', {})],
    [
      'the progress',
      async (client) => {
        const [token] = [...client.log.progress.keys()];
        client.wire.notify('window/workDoneProgress/cancel', { token });
      },
    ],
  ];
  test.each(ways)('by %s: the model is hung up on, and nothing is opened', (_name, stop) =>
    inShared(async ({ client, model }) => {
      const id = await explain(client, about(client.open(sampleText), 'list[0]'));
      const call = await model.next();
      call.say('It ');
      await client.until('text', () => client.explanations.find(({ kind }) => kind === 'text'));
      await stop(client, id);
      expect(await end(client, id)).toMatchObject({ outcome: 'cancelled' });
      await call.untilHungUp();
      expect(client.opened).toEqual([]);
      expect(await client.command('quickhand.cancel', { editId: id })).toMatchObject({ outcome: 'cancelled' });
    }),
  );

  test('before the model was reached', () =>
    inShared(async ({ client }) => {
      const id = await explain(client, about(client.open(sampleText), 'list[0]'));
      await client.command('quickhand.cancel', { editId: id });
      expect(await end(client, id)).toMatchObject({ outcome: 'cancelled' });
    }));

  test('by shutting down: it ends before the answer', () =>
    inWorld({}, async ({ client, model }) => {
      const id = await explain(client, about(client.open(sampleText), 'list[0]'));
      await model.next();
      await client.shutdown();
      expect(client.explanations.at(-1)).toMatchObject({
        explainId: id,
        kind: 'end',
        outcome: 'cancelled',
        reason: 'the server was shut down',
      });
    }));

  test('an edit that runs comes first', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      await model.next();
      const id = await explain(client, about(document, 'value * 2'));
      const call = await model.next();
      expect(await client.command('quickhand.cancel', {})).toMatchObject({ editId: edit.editId });
      await edit.end();
      call.answer('It does.');
      expect(await end(client, id)).toMatchObject({ outcome: 'completed' });
    }));
});

describe('what goes wrong', () => {
  test('a broken connection is said like that of an edit, and half an answer is not opened', () =>
    inShared(async ({ client, model }) => {
      const id = await explain(client, about(client.open(sampleText), 'list[0]'));
      const call = await model.next();
      call.say('It ');
      await client.until('text', () => client.explanations.find(({ kind }) => kind === 'text'));
      call.cut();
      const { reason } = (await end(client, id)) as { reason: string };
      await client.takeMessage(new RegExp(`^Quickhand: failed: ${reason.replace(/[^\w ]/g, '.')}$`));
      expect(client.opened).toEqual([]);
    }));

  test('nothing of an ignored file is sent', () =>
    inShared(async ({ client, model }) => {
      const id = await explain(client, about(client.open(sampleText, { name: 'secrets.ts' }), 'list[0]'));
      expect(await end(client, id)).toMatchObject({ outcome: 'rejected' });
      await client.takeMessage(/rejected: .*never sent/);
      expect(model.calls).toEqual([]);
    }));

  test('nor a scope that holds a key', () =>
    inShared(async ({ client, model }) => {
      const key = `sk-proj-${'a1B2c3D4'.repeat(4)}`;
      const document = client.open(sampleText.replace("'first of the list'", `'${key}'`));
      const id = await explain(client, about(document, 'list[0]'));
      expect(await end(client, id)).toMatchObject({ outcome: 'rejected' });
      await client.takeMessage(/line 5 holds/);
      expect(model.calls).toEqual([]);
    }));

  test.each([
    [{ textDocument: { uri: 'file:///none.ts' } }, 'textDocument.uri: file:///none.ts is not open in the editor'],
    [{ question: 3 }, 'question: expected a string, got a number'],
    [{ lane: 'none' }, /^lane: there is no "none"/],
    [{ position: { line: 900, character: 0 } }, /^position.line: 900 is past/],
    [{ position: undefined }, 'range: expected a range or a position'],
  ])('%j is refused', (wrong, message) =>
    inShared(async ({ client }) => {
      const argument = { ...about(client.open(sampleText), 'list[0]'), ...wrong };
      await expect(client.command('quickhand.explain', argument)).rejects.toThrow(message);
    }),
  );
});
