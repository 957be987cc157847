// quickhand.edit and what can be said of an edit: the exact contract of design §4, seen by a strict editor.

import { describe, expect, test } from 'vitest';
import { inWorld } from '../client/world.ts';
import {
  FIRST_AFTER,
  FIRST_BEFORE,
  FIRST_DONE,
  FIRST_HALF,
  FIRST_PARTS,
  OTHER_AFTER,
  OTHER_BEFORE,
  SAMPLE,
} from './samples.ts';

const [PART_1 = '', PART_2 = '', PART_3 = ''] = FIRST_PARTS;

describe('an edit', () => {
  test('streams hunks into the buffer and tells of them in order', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]', { instruction: 'use at()' });
      const call = await model.next();
      expect(call.scope).toBe(FIRST_BEFORE);
      expect(call.prompt).toMatch(/<instruction>use at\(\)<\/instruction>\s*$/);
      call.say(PART_1);
      await edit.hunk(1);
      expect(document.text).toBe(FIRST_HALF);
      call.say(PART_2).say(PART_3).done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed', timing: { hunks: 2, rebases: 0 } });
      expect(document.text).toBe(FIRST_DONE);
      const kinds = edit.events.map(({ kind }) => kind).filter((kind) => kind !== 'report');
      expect(kinds).toEqual(['begin', 'hunk', 'hunk', 'end']);
      expect(edit.events[0]).toMatchObject({
        uri: document.uri,
        version: 1,
        instruction: 'use at()',
        lane: 'fast',
        range: { start: { line: 2, character: 0 }, end: { line: 8, character: 1 } },
      });
    }));

  test('answers with the id before anything else is told, and progress begins right after it', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(FIRST_AFTER);
      await edit.end();
      const { transcript } = client.wire;
      const at = (pattern: RegExp) => transcript.findIndex((line) => pattern.test(line));
      const answer = at(/← .*"result":\{"editId"/);
      expect(answer).toBeGreaterThan(0);
      expect(at(/← .*"kind":"begin"/)).toBeGreaterThan(answer);
      expect(at(/← .*workDoneProgress\/create/)).toBeGreaterThan(answer);
      const [[token, progress] = []] = [...client.log.progress];
      expect(String(token)).not.toBe('');
      expect(progress?.[0]).toMatchObject({
        kind: 'begin',
        cancellable: true,
        title: expect.stringContaining('do it'),
      });
      expect(progress?.at(-1)).toMatchObject({ kind: 'end', message: expect.stringContaining('2 edits') });
    }));

  test('touches nothing that does not change', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(FIRST_AFTER);
      await edit.end();
      const inserted = client.applyEdits.flatMap(({ edit: { documentChanges = [] } }) =>
        documentChanges.flatMap((change) =>
          'edits' in change ? change.edits.map((e) => (e as { newText: string }).newText) : [],
        ),
      );
      expect(inserted.join('').length).toBeLessThanOrEqual('.at()End'.length);
    }));

  test('with wait, the answer is the end', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const answer = client.command('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      (await model.next()).answer(FIRST_AFTER);
      expect(await answer).toMatchObject({ outcome: 'completed', editId: expect.any(String), timing: { hunks: 2 } });
      expect(document.text).toBe(FIRST_DONE);
    }));

  test('a client that did not opt in gets no events, and all the rest', () =>
    inWorld({ initializationOptions: { events: false } }, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const answer = client.command('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      (await model.next()).answer(FIRST_AFTER);
      await answer;
      expect(client.log.events).toEqual([]);
      expect(document.text).toBe(FIRST_DONE);
    }));

  test('no change: completed, and nothing is sent', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer('<no-change/>');
      expect(await edit.end()).toMatchObject({ outcome: 'completed', timing: { hunks: 0 } });
      expect(client.applyEdits).toEqual([]);
    }));

  test('atomic: one edit at the end', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]', { delivery: 'atomic' });
      const call = await model.next();
      call.say(PART_1).say(PART_2);
      await client.command('quickhand.status', {});
      expect(client.applyEdits).toEqual([]);
      call.say(PART_3).done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(client.applyEdits).toHaveLength(1);
      expect(document.text).toBe(FIRST_DONE);
    }));

  test('with joined undo steps every hunk goes at once', () =>
    inWorld({ initializationOptions: { joinsUndo: true } }, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      const call = await model.next();
      call.say(PART_1);
      await edit.hunk(1);
      call.say(PART_2);
      await edit.hunk(2);
      expect(document.text).toBe(FIRST_DONE);
      call.say(PART_3).done();
      await edit.end();
    }));

  test('without them 60 hunks cost no more than 8 undo steps', () =>
    inWorld({}, async ({ client, model }) => {
      const lines = Array.from({ length: 60 }, (_, i) => `  step${i}(${i});\n  mark('unique ${i} of many');\n`);
      const before = `export function many() {\n${lines.join('')}}`;
      const document = client.open(`${before}\n`);
      const edit = await client.edit(document, 'step3(', { instruction: 'count on' });
      const call = await model.next();
      const blocks = lines.map(
        (_, i) => `<<<<<<< SEARCH\n  step${i}(${i});\n=======\n  step${i}(${i} + 1);\n>>>>>>> REPLACE\n`,
      );
      for (const block of blocks) {
        call.say(block);
        await client.command('quickhand.status', {});
      }
      call.done();
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`${before.replace(/(step\d+)\((\d+)\)/g, '$1($2 + 1)')}\n`);
      expect(document.undoSteps).toBeLessThanOrEqual(8);
    }));
});

describe('cancel', () => {
  const ways: [
    string,
    RegExp,
    (world: { client: import('../client/client.ts').TestClient; editId: string }) => Promise<unknown>,
  ][] = [
    ['the command with its id', /./, ({ client, editId }) => client.command('quickhand.cancel', { editId })],
    ['the command without an id', /./, ({ client }) => client.command('quickhand.cancel', {})],
    ['the command without arguments', /./, ({ client }) => client.command('quickhand.cancel')],
    [
      'the progress of the editor',
      /./,
      async ({ client }) => {
        const [token] = [...client.log.progress.keys()];
        client.wire.notify('window/workDoneProgress/cancel', { token });
        await client.command('quickhand.status', {}); // read after the cancel
      },
    ],
    [
      'the code action Stop',
      /./,
      async ({ client }) => {
        const [document] = [...client.documents.values()];
        const actions = await client.codeActions(document!, document!.rangeOf('head'));
        const stop = actions.find(({ title }) => /^Stop/.test(title))?.command;
        await client.command(stop!.command, ...stop!.arguments!);
      },
    ],
  ];
  test.each(ways)(
    'by %s: nothing leaves after it, what is there stays, the model is hung up on',
    (_name, reason, cancel) =>
      inWorld({}, async ({ client, model }) => {
        const document = client.open(SAMPLE);
        const edit = await client.edit(document, 'list[0]');
        const call = await model.next();
        call.say(PART_1);
        await edit.hunk(1);
        await cancel({ client, editId: edit.editId });
        const sent = client.applyEdits.length;
        call.say(PART_2).say(PART_3).done();
        expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(reason) });
        await call.untilHungUp();
        expect(client.applyEdits).toHaveLength(sent);
        expect(document.text).toBe(FIRST_HALF);
      }),
  );

  test('of the request that waits: -32800', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const { id, response } = client.startCommand('quickhand.edit', editAt(document, 'list[0]', { wait: true }));
      const call = await model.next();
      call.say(PART_1);
      await client.until('the hunk', () => (document.text === FIRST_HALF ? true : undefined));
      client.wire.notify('$/cancelRequest', { id });
      await expect(response).rejects.toMatchObject({ code: -32800 });
      const sent = client.applyEdits.length;
      await call.untilHungUp();
      await client.command('quickhand.status', {});
      expect(client.applyEdits).toHaveLength(sent);
    }));

  test('of the request that does not wait has nothing left to reach', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const { id, response } = client.startCommand('quickhand.edit', editAt(document, 'list[0]'));
      const { editId } = (await response) as { editId: string };
      client.wire.notify('$/cancelRequest', { id });
      (await model.next()).answer(FIRST_AFTER);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
    }));

  test('and taking back: the text is exactly as before', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).say(PART_1);
      await edit.hunk(1);
      expect(await edit.cancel({ revert: true })).toMatchObject({ editId: edit.editId, outcome: 'cancelled' });
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled' });
      expect(document.text).toBe(SAMPLE);
    }));

  test('of an ended edit answers how it ended', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(FIRST_AFTER);
      await edit.end();
      expect(await edit.cancel()).toEqual({ editId: edit.editId, outcome: 'completed' });
      expect(document.text).toBe(FIRST_DONE);
    }));

  test('before the model was reached', () =>
    inWorld({}, async ({ client }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      await edit.cancel();
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled', timing: { hunks: 0 } });
      expect(document.text).toBe(SAMPLE);
    }));
});

describe('afterwards', () => {
  test('revert brings back the exact text, and what the user typed elsewhere stays', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(FIRST_AFTER);
      await edit.end();
      document.typeBefore('import', '// mine\n');
      document.typeBefore('export function other', '// mine too\n');
      const sent = client.applyEdits.length;
      expect(await edit.revert()).toEqual({ editId: edit.editId, outcome: 'reverted' });
      await client.untilText(
        document,
        `// mine\n${SAMPLE.replace('export function other', '// mine too\nexport function other')}`,
      );
      expect(client.applyEdits).toHaveLength(sent + 1);
    }));

  test('revert leaves a hunk alone that the user has changed since', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(FIRST_AFTER);
      await edit.end();
      document.typeAfter('list.a', 'XX');
      await edit.revert();
      await client.untilText(document, FIRST_HALF.replace('list.at', 'list.aXXt'));
    }));

  test('revert of a running edit cancels it first', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).say(PART_1);
      await edit.hunk(1);
      expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled' });
      expect(document.text).toBe(SAMPLE);
    }));

  test('revert where nothing had landed is no error', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer('<no-change/>');
      await edit.end();
      expect(await edit.revert()).toEqual({ editId: edit.editId, outcome: 'unchanged' });
      expect(await client.command('quickhand.revert', {})).toMatchObject({ outcome: 'unchanged' });
    }));

  test('a second revert has nothing left to take back', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(FIRST_AFTER);
      await edit.end();
      await edit.revert();
      await client.untilText(document, SAMPLE);
      expect(await edit.revert()).toMatchObject({ outcome: 'unchanged' });
      expect(document.text).toBe(SAMPLE);
    }));

  test('keep says so and changes nothing', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(FIRST_AFTER);
      await edit.end();
      expect(await client.command('quickhand.keep', {})).toEqual({ editId: edit.editId, outcome: 'kept' });
      expect(document.text).toBe(FIRST_DONE);
    }));

  test('status tells of lanes, running edits and the last one', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      const call = await model.next();
      const running = await client.command('quickhand.status', {});
      expect(running).toMatchObject({
        running: [{ editId: edit.editId }],
        lanes: { fast: { model: expect.stringContaining('puppet') } },
      });
      call.answer(FIRST_AFTER);
      await edit.end();
      expect(await client.command('quickhand.status')).toMatchObject({
        running: [],
        last: { editId: edit.editId, outcome: 'completed', timing: { hunks: 2 } },
      });
    }));
});

describe('several edits', () => {
  test('two scopes of one document side by side', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const one = await client.edit(document, 'list[0]');
      const first = await model.next();
      const two = await client.edit(document, 'value * 2');
      const second = await model.next();
      expect([first.scope, second.scope]).toEqual([FIRST_BEFORE, OTHER_BEFORE]);
      first.say(PART_1);
      await one.hunk(1);
      second.answer(OTHER_AFTER);
      expect(await two.end()).toMatchObject({ outcome: 'completed' });
      first.say(PART_2).say(PART_3).done();
      expect(await one.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(FIRST_DONE.replace(OTHER_BEFORE, OTHER_AFTER));
      await two.revert();
      await client.untilText(document, FIRST_DONE);
    }));

  test('a newer one that overlaps always wins', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const old = await client.edit(document, 'list[0]');
      const first = await model.next();
      first.say(PART_1);
      await old.hunk(1);
      const young = await client.edit(document, 'list.at(0)');
      expect(await old.end()).toMatchObject({ outcome: 'superseded' });
      await first.untilHungUp();
      const second = await model.next();
      expect(second.scope).toBe(FIRST_BEFORE.replace('list[0]', 'list.at(0)'));
      second.answer(FIRST_AFTER);
      expect(await young.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(FIRST_DONE);
    }));

  test('in two documents', () =>
    inWorld({}, async ({ client, model }) => {
      const a = client.open(SAMPLE, { name: 'a.ts' });
      const b = client.open(SAMPLE, { name: 'b.ts' });
      const inA = await client.edit(a, 'list[0]');
      const first = await model.next();
      const inB = await client.edit(b, 'list[0]');
      const second = await model.next();
      second.answer(FIRST_AFTER);
      await inB.end();
      expect([a.text, b.text]).toEqual([SAMPLE, FIRST_DONE]);
      first.answer(FIRST_AFTER);
      await inA.end();
      expect(a.text).toBe(FIRST_DONE);
    }));
});

describe('endings by the editor', () => {
  test('closing the document', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      const call = await model.next();
      call.say(PART_1);
      await edit.hunk(1);
      client.closeDocument(document);
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/clos/) });
      await call.untilHungUp();
      const again = client.open(document.text);
      const next = await client.edit(again, 'list.at(0)');
      (await model.next()).answer(FIRST_AFTER);
      expect(await next.end()).toMatchObject({ outcome: 'completed' });
    }));

  test('shutting down: the edit ends before the answer', () =>
    inWorld({}, async ({ client, model }) => {
      const document = client.open(SAMPLE);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).say(PART_1);
      await edit.hunk(1);
      await client.shutdown();
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/shut/) });
    }));
});

function editAt(document: import('../client/document.ts').TestDocument, mark: string, more: object = {}) {
  return { textDocument: { uri: document.uri }, position: document.rangeOf(mark).start, instruction: 'do it', ...more };
}
