// Code actions: ready commands for an editor that has no shim (DESIGN.md §4.4 and §5).

import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import type { TestClient } from '../client/client.ts';
import type { ReadyAction } from '../client/ready-action.ts';
import { inWorld, sharedWorld } from '../client/world.ts';
import { firstAfter, firstBefore, firstDone, firstHalf, firstParts, sampleText } from './samples.ts';

const inShared = sharedWorld();

const [PART_1 = ''] = firstParts;
const diagnostic = {
  range: { start: { line: 3, character: 15 }, end: { line: 3, character: 19 } },
  message: "Object is possibly 'null'.",
  severity: 1,
};

const run = (client: TestClient, { command }: ReadyAction) =>
  client.command<{ editId: string }>(command.command, ...command.arguments);

describe('what is offered', () => {
  test('ready commands of the advertised kinds and names, never preferred, never an edit', () =>
    inShared(async ({ client }) => {
      const document = client.open(sampleText);
      const actions = await client.codeActions(document, document.rangeOf('head'), { diagnostics: [diagnostic] });
      expect(actions.length).toBeGreaterThan(2);
      const { commands } = client.initializeResult!.capabilities.executeCommandProvider as { commands: string[] };
      for (const action of actions) {
        expect(['quickfix', 'refactor.rewrite']).toContain(action.kind);
        expect(commands).toContain(action.command.command);
        expect(Object.keys(action)).not.toEqual(expect.arrayContaining(['isPreferred']));
        expect(action).not.toHaveProperty('edit');
        expect(action).not.toHaveProperty('disabled');
      }
    }));

  test('the same whether the editor asks by itself or the user does', () =>
    inShared(async ({ client }) => {
      const document = client.open(sampleText);
      const ask = (triggerKind: number) => client.codeActions(document, document.rangeOf('head'), { triggerKind });
      expect(await ask(1)).toEqual(await ask(2));
    }));

  test.each([
    [['quickfix'], ['quickfix']],
    [['refactor'], ['refactor.rewrite']],
    [['refactor.rewrite'], ['refactor.rewrite']],
    [['refactor.extract'], []],
    [['source.fixAll'], []],
    [[''], ['quickfix', 'refactor.rewrite']],
    [
      ['quickfix', 'refactor'],
      ['quickfix', 'refactor.rewrite'],
    ],
  ])('only %j gives %j', (only, kinds) =>
    inShared(async ({ client }) => {
      const document = client.open(sampleText);
      const actions = await client.codeActions(document, document.rangeOf('head'), { only, diagnostics: [diagnostic] });
      expect([...new Set(actions.map(({ kind }) => kind))].sort()).toEqual(kinds);
    }),
  );

  test('nothing happens by asking', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      for (let i = 0; i < 50; i++) await client.codeActions(document, document.rangeOf('head'));
      expect([model.calls, client.applyEdits, client.log.events]).toEqual([[], [], []]);
    }));

  test('in a blank document, and at the end of one', () =>
    inShared(async ({ client }) => {
      const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
      expect(await client.codeActions(client.open('', { name: 'blank.ts' }), at(0))).toEqual([]);
      await client.codeActions(client.open(sampleText), at(15));
    }));
});

describe('what they do', () => {
  test('a fix asks about its diagnostic and names it', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const actions = await client.codeActions(document, document.rangeOf('head'), { diagnostics: [diagnostic] });
      const fix = actions.find(({ title }) => title.startsWith('Fix: '))!;
      expect(fix).toMatchObject({ title: `Fix: ${diagnostic.message}`, kind: 'quickfix', diagnostics: [diagnostic] });
      const { editId } = await run(client, fix);
      const call = await model.next();
      expect(call.prompt).toContain(diagnostic.message);
      call.answer(firstAfter);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test("the user's own action, for its languages only", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the server fills it in
    const instruction = 'Say please to ${scope}.';
    const action = { id: 'mine', title: 'Be kind', instruction, languages: ['typescript'] };
    return inWorld({ initializationOptions: { actions: [action] } }, async ({ client, model }) => {
      const document = client.open(sampleText);
      const offered = await client.codeActions(document, document.rangeOf('head'));
      const mine = offered.find(({ title }) => title === 'Be kind')!;
      expect(mine.kind).toBe('refactor.rewrite');
      const { editId } = await run(client, mine);
      const call = await model.next();
      expect(call.prompt).toContain('<instruction>Say please to first.</instruction>');
      call.answer('<no-change/>');
      await client.handle(editId).end();
      const python = client.open('def f():\n    return 1\n', { name: 'a.py', languageId: 'python' });
      const there = await client.codeActions(python, python.rangeOf('return'));
      expect(there.map(({ title }) => title)).not.toContain('Be kind');
    });
  });

  test('a directive says its text, and its lines go with the edit', () =>
    inShared(async ({ client, model }) => {
      const directive = '  // ai: use at() here\n';
      const document = client.open(sampleText.replace('  const head', `${directive}  const head`));
      const actions = await client.codeActions(document, document.rangeOf('use at()'));
      const wish = actions.find(({ title }) => title.includes('use at() here'))!;
      const { editId } = await run(client, wish);
      const call = await model.next();
      expect(call.prompt).toMatch(/<instruction>use at\(\) here<\/instruction>/);
      call.answer(firstAfter);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
      await client.handle(editId).revert();
      await client.untilText(document, sampleText.replace('  const head', `${directive}  const head`));
    }));

  test('a directive that is tried again goes again, wherever it has come back', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText.replace('  const text', '  // ai: use at() here\n  const text'));
      const actions = await client.codeActions(document, document.rangeOf('use at()'));
      const { editId } = await run(client, actions.find(({ title }) => title.includes('use at() here'))!);
      (await model.next()).answer(firstAfter);
      await client.handle(editId).end();
      // What the user has changed is not reverted: more stands above the directive than before.
      document.typeAfter('list.at', 'Index');
      const again = await client.command<{ editId: string }>('quickhand.retry', { editId });
      const call = await model.next();
      expect(call.scope).toContain('list.atIndex');
      expect(call.scope).not.toContain('ai:');
      call.answer('<no-change/>');
      expect(await client.handle(again.editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(sampleText.replace('list[0]', 'list.atIndex(0)'));
    }));

  test('a directive goes with the correction of its edit, if it has not gone before, and no other one goes', () =>
    inShared(async ({ client, model }) => {
      const other = '  // ai: use at() there, too\n';
      const around = sampleText.replace('  const text', `${other}  const text`);
      const document = client.open(around.replace('  const head', '  // ai: use at()\n  const head'));
      const actions = await client.codeActions(document, document.rangeOf('use at()'));
      let { editId } = await run(client, actions.find(({ title }) => title.includes('use at()'))!);
      await model.next();
      for (const instruction of ['redirected', 'refined']) {
        ({ editId } = await client.command<{ editId: string }>('quickhand.steer', { editId, instruction }));
        (await model.next()).answer('<no-change/>');
        expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
        expect(document.text).toBe(around);
      }
    }));

  test('a directive right above a function is about that function, and goes even if nothing else changes', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(
        sampleText.replace('export function first', '// ai: use at() here\nexport function first'),
      );
      const actions = await client.codeActions(document, document.rangeOf('use at()'));
      const { editId } = await run(client, actions.find(({ title }) => title.includes('use at() here'))!);
      const call = await model.next();
      expect(call.scope).toBe(firstBefore);
      call.answer('<no-change/>');
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(sampleText);
    }));

  test('while an edit runs: Stop; afterwards: Keep and Revert, until one is chosen', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]', { instruction: 'use at()' });
      (await model.next()).say(PART_1);
      await edit.hunk(1);
      const offered = async () => {
        const actions = await client.codeActions(document, document.rangeOf('const head'));
        return actions.filter(({ title }) => /^(Stop|Keep|Revert|Retry)/.test(title));
      };
      const running = await offered();
      const stop = running.find(({ title }) => title.startsWith('Stop'))!;
      expect(stop.title).toContain('use at()');
      await run(client, stop);
      await edit.end();
      const ended = await offered();
      expect(ended.map(({ title }) => title.split(':')[0])).toEqual(expect.arrayContaining(['Keep', 'Revert']));
      expect(ended.map(({ title }) => title.split(':')[0])).not.toContain('Stop');
      expect(document.text).toBe(firstHalf);
      await run(client, ended.find(({ title }) => title.startsWith('Revert'))!);
      await client.untilText(document, sampleText);
      expect((await offered()).map(({ title }) => title.split(':')[0])).not.toContain('Revert');
    }));
});

describe("Helix's form of quickhand.edit", () => {
  test.each([
    ['a cursor', 4, [4, 4]],
    ['a selection', 4, [4, 6]],
  ])('%s', (_name, line, sel) =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText, { name: 'sample.ts' });
      const params = [{ path: 'sample.ts', line, sel }, 'use at()'];
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', ...params);
      const call = await model.next();
      expect(call.prompt).toContain('<instruction>use at()</instruction>');
      call.answer(firstAfter);
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }),
  );

  test('the one line of the cursor, when the selection is asked for', () =>
    inShared(async ({ client, model }) => {
      client.open(sampleText, { name: 'sample.ts' });
      const place = { path: 'sample.ts', line: 4, sel: [4, 4], scope: 'selection' };
      await client.command('quickhand.edit', place, 'use at()');
      const call = await model.next();
      expect(call.prompt).toContain(`\n${sampleText.split('\n')[3]}\n</scope>`);
      expect(call.prompt).toContain('lines="4-4"');
      call.answer('<no-change/>');
    }));

  test.each([
    ['a path that is not open', [{ path: 'other.ts', line: 1, sel: [1, 1] }, 'x'], /path/],
    ['line 0', [{ path: 'sample.ts', line: 0, sel: [0, 0] }, 'x'], /line|sel/],
    ['a selection that is reversed', [{ path: 'sample.ts', line: 4, sel: [6, 4] }, 'x'], /sel/],
    ['no instruction', [{ path: 'sample.ts', line: 4, sel: [4, 4] }], /instruction/],
    ['an empty instruction', [{ path: 'sample.ts', line: 4, sel: [4, 4] }, ''], /instruction/],
  ])('%s is refused', (_name, params, message) =>
    inShared(async ({ client }) => {
      client.open(sampleText, { name: 'sample.ts' });
      await expect(client.command('quickhand.edit', ...params)).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(message),
      });
    }),
  );
});
